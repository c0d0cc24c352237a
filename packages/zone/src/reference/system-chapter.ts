import { DELAY_LIMIT, DELAY_SECONDS_LIMIT, TARGET_RATE_RANGE } from "../limits.ts";
import type { Chapter } from "./reference.ts";

const [LEAST_RATE, MOST_RATE] = TARGET_RATE_RANGE;
const DELAY_HOURS = DELAY_SECONDS_LIMIT / 3600;

/** The program and what it runs on: `zone.system`. */
export const SYSTEM_CHAPTER: Chapter = {
  title: { en: "System (zone.system)", ru: "Система (zone.system)" },
  text: [],
  entries: [
    {
      kind: "function",
      names: ["zone.system.dt"],
      origin: "engine",
      text: [
        {
          en: "Returns the length of the last frame, as passed to `zone.update`; 0 before the first frame.",
          ru: "Возвращает длительность последнего кадра — ту, что получила `zone.update`; до первого кадра — 0.",
        },
      ],
      parameters: [],
      result: { type: "number", text: { en: "seconds.", ru: "секунды." } },
      example: `
print(zone.system.dt()) --> 0

function zone.update(dt)
	print(dt == zone.system.dt()) --> true
end
`,
    },
    {
      kind: "function",
      names: ["zone.system.setTargetFPS"],
      origin: "engine",
      text: [
        {
          en: "Sets the program's frames per second, in a hidden tab too. By default it is the display's rate, and about 60 in a hidden tab.",
          ru: "Задаёт частоту кадров программы, в том числе в скрытой вкладке. По умолчанию она равна частоте экрана, а в скрытой вкладке — около 60 кадров в секунду.",
        },
        {
          en: "At more frames than the display shows, a program answers sooner: a message waits for the next `zone.socket.update()`, up to 17 ms at 60 frames per second and up to 4 ms at 240.",
          ru: "Если кадров больше, чем у экрана, программа отвечает быстрее: пришедшее сообщение ждёт следующего `zone.socket.update()` до 17 мс при 60 кадрах в секунду и до 4 мс при 240.",
        },
      ],
      parameters: [
        {
          name: "fps",
          type: "number",
          text: { en: `frames per second, from ${LEAST_RATE} to ${MOST_RATE}.`, ru: `кадров в секунду, от ${LEAST_RATE} до ${MOST_RATE}.` },
        },
      ],
      failures: [{ cause: "zone.system.setTargetFPS(0)", message: `setTargetFPS takes ${LEAST_RATE} to ${MOST_RATE} frames a second, got 0` }],
      example: `
zone.system.setTargetFPS(120)
print("120 frames a second") --> 120 frames a second
`,
    },
    {
      kind: "function",
      names: ["zone.system.delay"],
      origin: "engine",
      text: [
        {
          en: "Waits for the given time. Only the calling coroutine waits, as with `listen`: frames and callbacks go on. In `zone.update` it delays the next frame.",
          ru: "Ждёт указанное время. Ждёт только вызвавшая корутина, как и при вызове `listen`: кадры и коллбэки идут как обычно. В `zone.update` задерживает следующий кадр.",
        },
      ],
      parameters: [
        {
          name: "seconds",
          type: "number",
          text: {
            en: `from 0 to ${DELAY_SECONDS_LIMIT} (${DELAY_HOURS} hours). At most ${DELAY_LIMIT} coroutines can wait at a time.`,
            ru: `от 0 до ${DELAY_SECONDS_LIMIT} (${DELAY_HOURS} часа). Одновременно могут ждать не больше ${DELAY_LIMIT} корутин.`,
          },
        },
      ],
      failures: [{ cause: "zone.system.delay(-1)", message: `delay takes 0 to ${DELAY_SECONDS_LIMIT} seconds, got -1` }],
      example: `
print("ready") --> ready
zone.system.delay(0.1)
print("go") --> go
`,
    },
    {
      kind: "function",
      names: ["zone.system.quit"],
      origin: "engine",
      text: [
        {
          en: "Ends the program, as *Stop* does. The calling code runs on until it returns or waits; after that only `zone.cleanup` is called.",
          ru: "Завершает программу, как кнопка «Остановить». Вызвавший код выполняется до конца или до первого ожидания; после этого вызывается только `zone.cleanup`.",
        },
      ],
      parameters: [],
      example: `
function zone.update()
	print("one frame") --> one frame
	zone.system.quit()
end
`,
    },
    {
      kind: "function",
      names: ["zone.system.log", "zone.system.warn"],
      origin: "engine",
      text: [
        {
          en: "Prints a line to the program's console, as `print` and `warn` do.",
          ru: "Выводит строку в консоль программы, как `print` и `warn`.",
        },
      ],
      parameters: [{ name: "...", type: "any", text: { en: "any values.", ru: "любые значения." } }],
      example: `
zone.system.log("points:", 3) --> points:	3
`,
    },
    {
      kind: "function",
      names: ["zone.system.hashString"],
      origin: "engine",
      text: [
        {
          en: "Returns a hash of the string's bytes as lower-case hexadecimal digits: 32 for MD5, 16 for XXH64. Do not use it for passwords: both are made to be fast.",
          ru: "Возвращает хеш байтов строки в шестнадцатеричной записи строчными буквами: 32 цифры для MD5, 16 для XXH64. Для паролей не подходит ни тот, ни другой: оба рассчитаны на скорость.",
        },
        {
          en: "The first call may wait until the hash code is loaded.",
          ru: "Первый вызов может ждать, пока загрузится код хеширования.",
        },
      ],
      parameters: [
        { name: "text", type: "string", text: { en: "what to hash.", ru: "что хешировать." } },
        { name: "method", type: '"xxhash" | "md5"', text: { en: "which hash.", ru: "какой хеш." } },
        {
          name: "seed",
          type: "string?",
          text: {
            en: "changes the hash _(optional)_; MD5 ignores it. Digits are a number from 0 to 2^64 − 1, as in other tools; any other text is hashed first. By default 0.",
            ru: "начальное значение, которое меняет хеш _(необязательный)_; для MD5 не учитывается. Строка из цифр — это число от 0 до 2^64 − 1, как в других программах; вместо любого другого текста берётся его хеш. По умолчанию 0.",
          },
        },
      ],
      result: { type: "string", text: { en: "the hash.", ru: "хеш." } },
      failures: [{ cause: "zone.system.hashString('a', 'sha1')", message: `invalid argument #2 to 'hashString' ("md5" or "xxhash" expected, got "sha1")` }],
      example: `
print(zone.system.hashString("abc", "md5")) --> 900150983cd24fb0d6963f7d28e17f72
print(zone.system.hashString("abc", "xxhash")) --> 44bc2cf5ad770999
`,
    },
    {
      kind: "function",
      names: ["zone.system.getPlatform"],
      origin: "engine",
      text: [
        {
          en: "Returns the system that the page runs on, as the browser reports it.",
          ru: "Возвращает систему, в которой открыта страница, по данным браузера.",
        },
      ],
      parameters: [],
      result: { type: '"windows" | "linux" | "android" | "apple"', text: { en: "the system.", ru: "система." } },
      example: `
print(type(zone.system.getPlatform())) --> string
`,
    },
    {
      kind: "function",
      names: ["zone.system.getEnvironment"],
      origin: "engine",
      text: [{ en: "Tells whether the device is simulated; here always `device`.", ru: "Показывает, настоящее ли устройство; здесь всегда `device`." }],
      parameters: [],
      result: { type: '"simulator" | "device"', text: { en: "`device`.", ru: "всегда `device`." } },
      example: `
print(zone.system.getEnvironment()) --> device
`,
    },
    {
      kind: "function",
      names: ["zone.system.freeCache"],
      origin: "engine",
      text: [
        {
          en: "Does nothing here: the playground has no game files to cache. Engine scripts run unchanged.",
          ru: "Здесь ничего не делает: файлов игры, которые можно кешировать, в песочнице нет. Скрипты движка работают без изменений.",
        },
      ],
      parameters: [],
      example: `
zone.system.freeCache()
print("done") --> done
`,
    },
    {
      kind: "function",
      names: ["zone.system.vibrate"],
      origin: "engine",
      text: [
        {
          en: "Does nothing here: programs run in a worker, where browsers do not allow vibration.",
          ru: "Здесь ничего не делает: программы работают отдельно от страницы, и браузер не даёт им включить вибрацию.",
        },
      ],
      parameters: [
        { name: "seconds", type: "number", text: { en: "how long, in seconds.", ru: "длительность в секундах." } },
        { name: "strength", type: "number?", text: { en: "the strength _(optional)_.", ru: "сила _(необязательный)_." } },
      ],
      example: `
zone.system.vibrate(0.2, 1)
print("done") --> done
`,
    },
    {
      kind: "function",
      names: ["zone.system.setLuaExecutorEnabled"],
      origin: "engine",
      text: [
        {
          en: "Does nothing here: the playground's console does not run typed code, as the engine's does. Typed lines go to `zone.console.onInput`.",
          ru: "Здесь ничего не делает: консоль песочницы, в отличие от консоли движка, не выполняет введённый код. Введённые строки получает `zone.console.onInput`.",
        },
      ],
      parameters: [{ name: "enabled", type: "boolean", text: { en: "whether to run code.", ru: "выполнять ли код." } }],
      example: `
zone.system.setLuaExecutorEnabled(false)
print("done") --> done
`,
    },
  ],
  sections: [],
};
