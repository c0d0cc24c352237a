import { CLEANUP_BUDGET_MS, ENTRY_BUDGET_MS } from "../limits.ts";
import type { Chapter } from "./reference.ts";

const ENTRY_SECONDS = ENTRY_BUDGET_MS / 1000;
const CLEANUP_SECONDS = CLEANUP_BUDGET_MS / 1000;

/** The life of a program, and the callbacks that make it up. */
export const PROGRAM_CHAPTER: Chapter = {
  title: { en: "The life of a program", ru: "Жизнь программы" },
  text: [
    {
      en: "*Run* executes the file from top to bottom: this is the main chunk. Then `zone.init` is called once, `zone.update` every frame, and `zone.cleanup` at the very end. The script defines the ones that it needs.",
      ru: "По кнопке «Запустить» файл выполняется сверху вниз: это главный блок. Затем один раз вызывается `zone.init`, каждый кадр — `zone.update`, а в самом конце — `zone.cleanup`. Скрипт определяет те из этих функций, которые ему нужны.",
    },
    {
      en: "A program runs until you press *Stop* or *Run* again, close the page, or an error is not caught. In each case `zone.cleanup` is called, and then every socket is closed. A program that has no `zone.update`, no open sockets and no `zone.console.onInput` ends by itself: it has nothing left to do.",
      ru: "Программа работает, пока вы не остановите её, не запустите снова, не закроете страницу или пока не случится неперехваченная ошибка. В каждом из этих случаев вызывается `zone.cleanup`, после чего закрываются все сокеты. Программа, у которой нет ни `zone.update`, ни открытых сокетов, ни `zone.console.onInput`, завершается сама: делать ей больше нечего.",
    },
    {
      en: `An error stops the program; the console shows the file, the line and the calls that led there, and below them what a common error means and what to do. An endless loop is an error too: each call into the script (the main chunk, a frame, a callback) may take ${ENTRY_SECONDS} s, and \`pcall\` does not change that. Waiting in \`listen\` does not count. Split longer work over several frames.`,
      ru: `Ошибка останавливает программу; консоль показывает файл, строку и цепочку вызовов, а под ними объясняет частые ошибки: что случилось и что делать. Бесконечный цикл — тоже ошибка: на каждый вызов кода скрипта (главный блок, один кадр, коллбэк) отведено ${ENTRY_SECONDS} с, и \`pcall\` этого не отменяет. Ожидание в \`listen\` не считается. Долгую работу делите на несколько кадров.`,
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
          en: "Called every frame, in a hidden tab too: servers keep working in the background.",
          ru: "Вызывается каждый кадр, в том числе пока вкладка скрыта: серверы продолжают работать и в фоне.",
        },
        {
          en: "While it waits in `listen`, no new frame starts: the next one comes after it has returned. If the main chunk or `zone.init` waits, frames go on.",
          ru: "Пока функция ждёт в `listen`, новые кадры не начинаются: следующий будет после её завершения. Если ждёт главный блок или `zone.init`, кадры идут как обычно.",
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
          en: "Called when the program is about to end, also after an error. Sockets are still open, so the script can send a last message; what it leaves open is closed afterwards.",
          ru: "Вызывается перед завершением программы, в том числе после ошибки. Сокеты ещё открыты, так что можно отправить что-то напоследок; всё, что скрипт не закрыл сам, закроется после этого.",
        },
      ],
      important: [
        {
          en: `It may take ${CLEANUP_SECONDS} s. It cannot wait: if it calls \`listen\`, the program ends without finishing it.`,
          ru: `На \`zone.cleanup\` отведена ${CLEANUP_SECONDS} с. Ждать в ней нельзя: если вызвать \`listen\`, программа завершится, не выполнив её до конца.`,
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
          en: "Whether the program runs without an engine window. The playground draws nothing, so it is `true`, in the page and in a terminal.",
          ru: "Показывает, работает ли программа без окна движка. Песочница ничего не рисует, поэтому значение — `true`, и на странице, и в терминале.",
        },
      ],
      example: `
print(zone.isHeadless) --> true
`,
    },
  ],
  sections: [],
};
