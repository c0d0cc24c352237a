import { CLEANUP_BUDGET_MS, ENTRY_BUDGET_MS } from "../limits.ts";
import type { Chapter } from "./reference.ts";

const ENTRY_SECONDS = ENTRY_BUDGET_MS / 1000;
const CLEANUP_SECONDS = CLEANUP_BUDGET_MS / 1000;

/** The life of a program, and the callbacks that make it up. */
export const PROGRAM_CHAPTER: Chapter = {
  title: { en: "The life of a program", ru: "Жизнь программы" },
  text: [
    {
      en: "*Run* executes the file from top to bottom: this is the main chunk. Then `zone.init` is called once, `zone.update` every frame, and `zone.cleanup` at the very end. The script defines those of them that it needs.",
      ru: "По кнопке «Запустить» файл выполняется сверху вниз: это главный блок. Затем один раз вызывается `zone.init`, каждый кадр — `zone.update`, а в самом конце — `zone.cleanup`. Скрипт определяет те из них, которые ему нужны.",
    },
    {
      en: "A program runs until Stop, until a new Run, until the page is left, or until an error that nobody catches. On each of these `zone.cleanup` is called, and then every socket is closed. A program that has neither `zone.update` nor open sockets nor `zone.console.onInput` has nothing left to do and ends by itself.",
      ru: "Программа работает до остановки, до нового запуска, до закрытия страницы или до ошибки, которую никто не перехватил. В каждом из этих случаев вызывается `zone.cleanup`, после чего закрываются все сокеты. Программа, у которой нет ни `zone.update`, ни открытых сокетов, ни `zone.console.onInput`, завершается сама: делать ей больше нечего.",
    },
    {
      en: `An error stops the program and shows file, line and the calls that led there. A loop that never ends is an error too: each entry into the script (the main chunk, one frame) has ${ENTRY_SECONDS} s, and \`pcall\` does not get around it. Waiting in \`listen\` does not count. Longer work is spread over frames.`,
      ru: `Ошибка останавливает программу; консоль показывает файл, строку и цепочку вызовов. Бесконечный цикл — тоже ошибка: на каждое обращение к скрипту (главный блок, один кадр) отведено ${ENTRY_SECONDS} с, и \`pcall\` этого не отменяет. Ожидание в \`listen\` не считается. Долгую работу делят на несколько кадров.`,
    },
  ],
  entries: [
    {
      kind: "callback",
      names: ["zone.init"],
      origin: "engine",
      text: [
        {
          en: "Called once, after the main chunk.",
          ru: "Вызывается один раз, после главного блока.",
        },
      ],
      parameters: [],
      example: `
print("main chunk") --> main chunk

function zone.init()
	print("init") --> init
end
`,
    },
    {
      kind: "callback",
      names: ["zone.update"],
      origin: "engine",
      text: [
        {
          en: "Called every frame; in a hidden tab too, so that servers go on serving.",
          ru: "Вызывается каждый кадр, в том числе пока вкладка скрыта: серверы продолжают работать и в фоне.",
        },
        {
          en: "While it waits inside of `listen`, no further frame is started: the next one comes after it has returned. When the main chunk or `zone.init` wait, frames go on.",
          ru: "Пока функция ждёт внутри `listen`, новые кадры не начинаются: следующий будет после её завершения. Если же ждёт главный блок или `zone.init`, кадры идут своим чередом.",
        },
      ],
      parameters: [
        {
          name: "dt",
          type: "number",
          text: {
            en: "seconds since the last frame, the same as `zone.system.dt()`.",
            ru: "время с прошлого кадра в секундах, то же, что и `zone.system.dt()`.",
          },
        },
      ],
      example: `
local elapsed = 0

function zone.update(dt)
	elapsed += dt
	if elapsed >= 0.5 then
		elapsed = 0
		print("half a second") --> half a second
	end
end
`,
    },
    {
      kind: "callback",
      names: ["zone.cleanup"],
      origin: "engine",
      text: [
        {
          en: "Called when the program is about to end, also after an error. Sockets are still open, so that last words can be sent; what the script leaves open is closed afterwards.",
          ru: "Вызывается перед завершением программы, в том числе после ошибки. Сокеты ещё открыты, так что можно отправить последнее слово; что скрипт не закрыл, закроется после неё.",
        },
      ],
      important: [
        {
          en: `It has ${CLEANUP_SECONDS} s. It cannot wait: if it calls \`listen\`, the program ends without resuming it.`,
          ru: `На неё отводится ${CLEANUP_SECONDS} с. Ждать в ней нельзя: если вызвать \`listen\`, программа завершится, не продолжив её.`,
        },
      ],
      parameters: [],
      example: `
function zone.update() end

function zone.cleanup()
	print("bye") --> bye
end
`,
    },
    {
      kind: "value",
      names: ["zone.isHeadless"],
      origin: "engine",
      type: "boolean",
      text: [
        {
          en: "Whether the program runs without a window of the engine. Nothing is drawn in the playground, so it is `true`.",
          ru: "Работает ли программа без окна движка. Здесь ничего не рисуется, поэтому значение — `true`.",
        },
      ],
      example: `
print(zone.isHeadless) --> true
`,
    },
  ],
  sections: [],
};
