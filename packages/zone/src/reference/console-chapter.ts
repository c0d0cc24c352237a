import type { Chapter } from "./reference.ts";

/** What a script has of its console beside `print` and `warn`. */
export const CONSOLE_CHAPTER: Chapter = {
  title: { en: "Input at the console (zone.console)", ru: "Ввод в консоли (zone.console)" },
  text: [
    {
      en: "Under each console there is a line to type in. It is open while the program that runs has a callback for what is typed.",
      ru: "Под каждой консолью есть строка ввода. Она открыта, пока у работающей программы есть коллбэк для того, что в ней наберут.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["zone.console.onInput"],
      origin: "playground",
      text: [
        {
          en: "Sets the function that is called with each line that is typed at the program's console. Setting it again replaces it, and `nil` takes it away, along with the lines that still wait.",
          ru: "Задаёт функцию, которую вызывают с каждой строкой, набранной в консоли программы. Новый вызов заменяет её, а `nil` убирает — вместе со строками, которые ещё ждут.",
        },
        {
          en: "Lines come at the start of a frame, before `zone.update`, in the order in which they were typed. Several lines that are pasted come one by one, and what was being typed stays in the field. No other call is needed for it: neither `zone.update` nor `zone.socket.update()`. A program with such a callback goes on running until it takes it away or is stopped.",
          ru: "Строки приходят в начале кадра, перед `zone.update`, в том порядке, в каком их набрали. Несколько вставленных строк приходят по одной, а то, что набиралось, остаётся в поле. Больше для этого ничего не нужно: ни `zone.update`, ни `zone.socket.update()`. Программа с таким коллбэком работает, пока не уберёт его сама или пока её не остановят.",
        },
        {
          en: "The callback runs in a coroutine of its own and may wait in `listen`; the next lines wait for it. An error in it ends the program, as anywhere else.",
          ru: "Коллбэк выполняется в своей корутине и может ждать в `listen`; следующие строки ждут его. Ошибка в нём завершает программу, как и в любом другом месте.",
        },
      ],
      parameters: [
        {
          name: "callback",
          type: "((line: string) -> ())?",
          text: {
            en: "called with the line as it was typed, in UTF-8 and without a line break; `nil` for no input.",
            ru: "вызывается с набранной строкой: в UTF-8, без перевода строки. `nil` — ввод не нужен.",
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
