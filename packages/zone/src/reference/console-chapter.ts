import type { Chapter } from "./reference.ts";

/** What a script has of its console beside `print` and `warn`. */
export const CONSOLE_CHAPTER: Chapter = {
  title: { en: "Input at the console (zone.console)", ru: "Ввод в консоли (zone.console)" },
  text: [
    {
      en: "Below each console there is an input line. It is enabled while the running program has a callback for input.",
      ru: "Под каждой консолью есть строка ввода. Она доступна, пока у работающей программы задан коллбэк для ввода.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["zone.console.onInput"],
      origin: "playground",
      text: [
        {
          en: "Sets the callback that gets each line typed at the program's console. Setting it again replaces it; `nil` removes it, along with the lines that still wait.",
          ru: "Задаёт коллбэк, который получает каждую строку, введённую в консоли программы. Повторный вызов заменяет коллбэк, а `nil` убирает его вместе со строками, которые ещё ждут обработки.",
        },
        {
          en: "Lines come at the start of a frame, before `zone.update`, in the order in which they were typed. Pasted lines come one by one; what was being typed stays in the field. Nothing else is needed: neither `zone.update` nor `zone.socket.update()`. A program with this callback runs until it removes it or is stopped.",
          ru: "Строки приходят в начале кадра, перед `zone.update`, в том порядке, в котором их ввели. Вставленные строки приходят по одной, а недописанная остаётся в поле ввода. Больше ничего не нужно: ни `zone.update`, ни `zone.socket.update()`. Программа с таким коллбэком работает, пока не уберёт его или пока её не остановят.",
        },
        {
          en: "The callback runs in its own coroutine and may wait in `listen`; the next lines wait for it. An error in it stops the program, as anywhere else.",
          ru: "Коллбэк выполняется в своей корутине и может ждать в `listen`; следующие строки ждут его. Ошибка в нём останавливает программу, как и в любом другом месте.",
        },
      ],
      parameters: [
        {
          name: "callback",
          type: "((line: string) -> ())?",
          text: {
            en: "called with the line as it was typed, in UTF-8, without a line break; `nil` turns input off.",
            ru: "получает введённую строку в UTF-8, без перевода строки; `nil` отключает ввод.",
          },
        },
      ],
      failures: [{ cause: `zone.console.onInput("name")`, message: "invalid argument #1 to 'onInput' (function expected, got string)" }],
      example: `
print("What is your name?") --> What is your name?

zone.console.onInput(function(line)
	print("Hello, " .. line .. "!") --> Hello, Алёна 🎈!
	zone.console.onInput(nil) -- nothing is left to do, so the program ends
end)
`,
    },
  ],
  sections: [],
};
