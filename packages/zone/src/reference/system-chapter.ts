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
          en: "The length of the last frame: what `zone.update` was given. 0 before the first frame.",
          ru: "Длительность последнего кадра — то, что получила `zone.update`. До первого кадра — 0.",
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
          en: "Sets how many frames a second the program has, in a hidden tab too. Without it there are as many as the display has, and about 60 in a hidden tab.",
          ru: "Задаёт, сколько кадров в секунду у программы, в том числе в скрытой вкладке. Без этого вызова кадров столько, сколько у экрана, а в скрытой вкладке — около 60.",
        },
        {
          en: "More frames than the display has make a program answer sooner: a message that arrives waits for the next `zone.socket.update()`, up to 17 ms at 60 frames and up to 4 ms at 240.",
          ru: "Если кадров больше, чем у экрана, программа отвечает быстрее: пришедшее сообщение ждёт следующего `zone.socket.update()` — до 17 мс при 60 кадрах и до 4 мс при 240.",
        },
      ],
      parameters: [
        {
          name: "fps",
          type: "number",
          text: { en: `frames a second, from ${LEAST_RATE} to ${MOST_RATE}.`, ru: `кадров в секунду, от ${LEAST_RATE} до ${MOST_RATE}.` },
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
          en: "Waits. Only the coroutine that calls it waits, as with `listen`: frames and callbacks go on. In `zone.update` it holds up the next frame.",
          ru: "Ждёт указанное время. Как и при `listen`, ждёт только вызвавшая корутина: кадры и коллбэки идут своим чередом. Внутри `zone.update` задерживает следующий кадр.",
        },
      ],
      parameters: [
        {
          name: "seconds",
          type: "number",
          text: {
            en: `from 0 to ${DELAY_SECONDS_LIMIT} (${DELAY_HOURS} hours). At most ${DELAY_LIMIT} coroutines can wait at a time.`,
            ru: `от 0 до ${DELAY_SECONDS_LIMIT} (${DELAY_HOURS} часа). Одновременно могут ждать не более ${DELAY_LIMIT} корутин.`,
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
          en: "Ends the program, as Stop does. The code that calls it runs on until it returns or waits; after that only `zone.cleanup` is called.",
          ru: "Завершает программу, как кнопка «Стоп». Вызвавший код выполняется до конца или до первого ожидания; после этого вызывается только `zone.cleanup`.",
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
          en: "Writes a line to the program's console, as `print` and `warn` do.",
          ru: "Пишет строку в консоль программы, как `print` и `warn`.",
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
          en: "Hashes the bytes of a string, as lower-case hexadecimal digits: 32 of MD5, 16 of XXH64. Neither is fit for passwords: both are made to be fast.",
          ru: "Вычисляет хеш байтов строки в шестнадцатеричной записи строчными буквами: 32 цифры MD5, 16 цифр XXH64. Для паролей не годится ни тот, ни другой: оба рассчитаны на скорость.",
        },
        {
          en: "The first call may wait until the hashes are loaded.",
          ru: "Первый вызов может подождать, пока загрузится код хешей.",
        },
      ],
      parameters: [
        { name: "text", type: "string", text: { en: "what to hash.", ru: "что хешировать." } },
        { name: "method", type: '"xxhash" | "md5"', text: { en: "the hash.", ru: "вид хеша." } },
        {
          name: "seed",
          type: "string?",
          text: {
            en: "with another seed XXH64 gives another hash _(optional)_; MD5 ignores it. Digits are taken as a number from 0 to 2^64 − 1, as other tools take it; of any other text the seed is its own hash. By default 0.",
            ru: "с другим значением XXH64 даёт другой хеш _(необязательный)_; для MD5 не учитывается. Запись из цифр — число от 0 до 2^64 − 1, как в других программах; для любого другого текста берётся его собственный хеш. По умолчанию 0.",
          },
        },
      ],
      result: { type: "string", text: { en: "the digits.", ru: "цифры хеша." } },
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
          en: "Tells the system that the page runs on: `windows`, `linux`, `android` or `apple`, as the browser names it.",
          ru: "Сообщает, в какой системе открыта страница: `windows`, `linux`, `android` или `apple`, — со слов браузера.",
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
      text: [{ en: "Tells whether a device is only simulated; here always `device`.", ru: "Сообщает, не эмулируется ли устройство; здесь всегда `device`." }],
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
          en: "Does nothing here: the playground caches no files of a game. Scripts of the engine run unchanged.",
          ru: "Здесь ничего не делает: песочница не кеширует файлов игры. Скрипты движка работают без изменений.",
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
          en: "Does nothing here: programs run beside the page, where a browser lets nothing vibrate.",
          ru: "Здесь ничего не делает: программы работают отдельно от страницы, а там браузер не даёт включить вибрацию.",
        },
      ],
      parameters: [
        { name: "seconds", type: "number", text: { en: "for how long.", ru: "сколько секунд." } },
        { name: "strength", type: "number?", text: { en: "how strongly _(optional)_.", ru: "сила _(необязательный)_." } },
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
          en: "Does nothing here: the engine's console that runs what is typed is not in the playground. What is typed goes to `zone.console.onInput`.",
          ru: "Здесь ничего не делает: консоли движка, которая выполняет введённый код, в песочнице нет. Введённые строки получает `zone.console.onInput`.",
        },
      ],
      parameters: [{ name: "enabled", type: "boolean", text: { en: "whether it runs code.", ru: "выполнять ли код." } }],
      example: `
zone.system.setLuaExecutorEnabled(false)
print("done") --> done
`,
    },
  ],
  sections: [],
};
