import {
  BYTE_STREAM_LIMIT,
  CLEANUP_BUDGET_MS,
  ENTRY_BUDGET_MS,
  INPUT_LINE_LIMIT,
  INPUT_QUEUE_LIMIT,
  LOADSTRING_LIMIT,
  MEMORY_LIMIT,
  MODULE_PATH_LIMIT,
  PRINT_LINE_LIMIT,
} from "../limits.ts";
import { OTHER_HOSTS_SECTION } from "./other-hosts-section.ts";
import type { Chapter, Table } from "./reference.ts";

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** The standing limits, with their figures from where they are defined. */
const LIMIT_TABLE: Table = {
  head: [
    { en: "what", ru: "что" },
    { en: "limit", ru: "предел" },
    { en: "what happens at the limit", ru: "что происходит" },
  ],
  rows: [
    [
      { en: "one call into the script: main chunk, frame, callback", ru: "один вызов кода скрипта: главный блок, кадр, коллбэк" },
      { en: `${ENTRY_BUDGET_MS / 1000} s`, ru: `${ENTRY_BUDGET_MS / 1000} с` },
      { en: "an error with the line; `pcall` does not help", ru: "ошибка с номером строки; `pcall` от неё не спасает" },
    ],
    ["`zone.cleanup`", { en: `${CLEANUP_BUDGET_MS / 1000} s`, ru: `${CLEANUP_BUDGET_MS / 1000} с` }, { en: "the same", ru: "то же" }],
    [
      { en: "memory of the script, ByteStreams included", ru: "память скрипта вместе с ByteStream" },
      { en: `${MEMORY_LIMIT / MEBIBYTE} MiB`, ru: `${MEMORY_LIMIT / MEBIBYTE} МиБ` },
      { en: "the error `not enough memory`", ru: "ошибка `not enough memory`" },
    ],
    [
      { en: "one ByteStream", ru: "один ByteStream" },
      { en: `${BYTE_STREAM_LIMIT / MEBIBYTE} MiB`, ru: `${BYTE_STREAM_LIMIT / MEBIBYTE} МиБ` },
      { en: "an error", ru: "ошибка" },
    ],
    [
      { en: "one printed line", ru: "одна строка вывода" },
      { en: `${PRINT_LINE_LIMIT} characters`, ru: `${PRINT_LINE_LIMIT} символов` },
      { en: "the rest is left out, and the console says so", ru: "остаток отбрасывается, и консоль об этом сообщает" },
    ],
    [
      { en: "one line of input", ru: "одна строка ввода" },
      { en: `${INPUT_LINE_LIMIT} characters`, ru: `${INPUT_LINE_LIMIT} символов` },
      { en: "the input line takes no more", ru: "больше ввести нельзя" },
    ],
    [
      { en: "lines of input waiting for the script", ru: "строки ввода, которые ждут обработки" },
      String(INPUT_QUEUE_LIMIT),
      { en: "further ones are lost, and the console says so", ru: "новые теряются, и консоль об этом сообщает" },
    ],
    [
      { en: "a path for `require`", ru: "путь для `require`" },
      { en: `${MODULE_PATH_LIMIT} characters`, ru: `${MODULE_PATH_LIMIT} символов` },
      { en: "an error", ru: "ошибка" },
    ],
    [
      { en: "a source for `loadstring`", ru: "текст программы для `loadstring`" },
      { en: `${LOADSTRING_LIMIT / KIBIBYTE} KiB`, ru: `${LOADSTRING_LIMIT / KIBIBYTE} КиБ` },
      { en: "an error", ru: "ошибка" },
    ],
  ],
};

/** What a script has beside `zone`. */
export const LIBRARY_CHAPTER: Chapter = {
  title: { en: "Everything else", ru: "Всё остальное" },
  text: [
    {
      en: "All of Luau's standard library is available; its tables cannot be changed. `zone` itself can: a script puts its callbacks there.",
      ru: "Стандартная библиотека Luau доступна целиком; изменить её таблицы нельзя. Таблицу `zone` изменять можно: в неё скрипт записывает свои коллбэки.",
    },
    {
      en: "`os.date` gives the time in the browser's time zone, or in UTC if the format begins with `!`. `os.time` takes a table as UTC. Both work for any year from 1970 on. A file may begin with a line like `#!/usr/bin/env luau`, which is skipped.",
      ru: "`os.date` возвращает время в часовом поясе браузера, а если формат начинается с `!` — в UTC. `os.time` считает, что в таблице указано время UTC. Обе функции работают с любым годом начиная с 1970-го. Файл может начинаться со строки вида `#!/usr/bin/env luau`: она пропускается.",
    },
  ],
  entries: [
    {
      kind: "function",
      names: ["print", "warn"],
      builtin: ["print"],
      text: [
        {
          en: "Prints a line to the program's console: the values, converted by `tostring` and separated by tabs. `warn` marks the line as a warning. Bytes that are not UTF-8 are shown as �.",
          ru: "Выводит строку в консоль программы: значения переводятся в текст функцией `tostring` и разделяются табуляцией. `warn` помечает строку как предупреждение. Байты, которые не составляют UTF-8, показываются как �.",
        },
      ],
      parameters: [{ name: "...", type: "any", text: { en: "any values.", ru: "любые значения." } }],
      example: `
print("one", 2, true, nil) --> one	2	true	nil
`,
    },
    {
      kind: "function",
      names: ["require"],
      builtin: ["require"],
      text: [
        {
          en: "Loads another file of the project and returns what that file returns. The path begins with `./` or `../` and is relative to the file it is written in; `.luau` may be left out, and a folder stands for its `init.luau`. A file runs once: the next `require` returns the same value. A file may wait in `listen` while it loads.",
          ru: "Загружает другой файл проекта и возвращает то, что вернул этот файл. Путь начинается с `./` или `../` и отсчитывается от файла, в котором написан; `.luau` можно опустить, а папка означает файл `init.luau` в ней. Файл выполняется один раз: следующий `require` вернёт то же значение. Во время загрузки файл может ждать в `listen`.",
        },
        {
          en: "A file must return exactly one value; if it has nothing to return, it ends with `return nil`.",
          ru: "Файл должен возвращать ровно одно значение; если возвращать нечего, он заканчивается строкой `return nil`.",
        },
        {
          en: "If files require each other in a circle, the error shows the circle. If the path is unknown, the error names it, and a similar one if there is one.",
          ru: "Если файлы подключают друг друга по кругу, ошибка показывает весь круг. Если путь неизвестен, ошибка называет его и похожий путь, если такой есть.",
        },
      ],
      parameters: [
        {
          name: "path",
          type: "string",
          text: {
            en: `such as \`./shared/protocol\`, at most ${MODULE_PATH_LIMIT} characters.`,
            ru: `например \`./shared/protocol\`, не больше ${MODULE_PATH_LIMIT} символов.`,
          },
        },
      ],
      result: { type: "any", text: { en: "what the file returns.", ru: "то, что вернул файл." } },
      failures: [
        {
          cause: `require("shared")`,
          message: `require takes a path that begins with "./" or "../", got "shared"`,
        },
        { cause: `require("../up")`, message: `require("../up") leads out of the project` },
        {
          cause: `require("./" .. string.rep("a", 600))`,
          message: `require takes a path of at most ${MODULE_PATH_LIMIT} characters, this one has 602; it begins with "./${"a".repeat(38)}"`,
        },
      ],
      exampleFiles: {
        "shared/words.luau": `
local words = {}

function words.greet(name: string): string
	return "hello, " .. name
end

return words
`,
      },
      example: `
local words = require("./shared/words")
print(words.greet("zone")) --> hello, zone
`,
    },
    {
      kind: "function",
      names: ["loadstring"],
      builtin: ["loadstring"],
      text: [
        {
          en: "Makes a function from source text. If the text does not compile, returns nil and the message.",
          ru: "Создаёт функцию из текста программы. Если текст не компилируется, возвращает nil и сообщение.",
        },
      ],
      parameters: [
        {
          name: "source",
          type: "string",
          text: {
            en: `the text, at most ${LOADSTRING_LIMIT / KIBIBYTE} KiB.`,
            ru: `текст, не больше ${LOADSTRING_LIMIT / KIBIBYTE} КиБ.`,
          },
        },
        {
          name: "chunkName",
          type: "string?",
          text: {
            en: "its name in error messages _(optional)_. By default `loadstring`.",
            ru: "имя в сообщениях об ошибках _(необязательный)_. По умолчанию `loadstring`.",
          },
        },
      ],
      result: { type: "((...any) -> ...any)?, string?", text: { en: "the function, or nil and the message.", ru: "функция либо nil и сообщение." } },
      failures: [
        {
          cause: `loadstring(string.rep(" ", 300000))`,
          message: `invalid argument #1 to 'loadstring' (a source of at most ${LOADSTRING_LIMIT} bytes expected, got one of 300000)`,
        },
      ],
      example: `
local answer = assert(loadstring("return 6 * 7"))
print(answer()) --> 42
print(loadstring("return +")) --> nil	loadstring:1: Expected identifier when parsing expression, got '+'
`,
    },
    {
      kind: "function",
      names: ["collectgarbage"],
      text: [
        {
          en: 'Returns how much memory the script uses. `"count"` is the only option.',
          ru: 'Возвращает объём памяти, занятой скриптом. Единственное допустимое значение аргумента — `"count"`.',
        },
      ],
      parameters: [{ name: "option", type: '"count"', text: { en: '`"count"`.', ru: '`"count"`.' } }],
      result: { type: "number", text: { en: "kibibytes, ByteStreams included.", ru: "кибибайты вместе с ByteStream." } },
      failures: [
        {
          cause: `collectgarbage("collect")`,
          message: `invalid argument #1 to 'collectgarbage' ("count" is the only option here, got "collect")`,
        },
      ],
      example: `
print(collectgarbage("count") > 0) --> true
`,
    },
  ],
  sections: [
    OTHER_HOSTS_SECTION,
    {
      title: { en: "Limits", ru: "Пределы" },
      text: [
        {
          en: "Those of the network are in [Buffers and time limits](#buffers-and-time-limits).",
          ru: "Пределы сети — в разделе [Буферы и сроки](#буферы-и-сроки).",
        },
      ],
      table: LIMIT_TABLE,
      entries: [],
    },
  ],
};
