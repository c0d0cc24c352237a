import type { Text } from "./reference.ts";

const COUNT_TIME: Text = {
  en: "Count the time in `zone.update(dt)`, or wait with `zone.system.delay(seconds)`",
  ru: "Отсчитывайте время в `zone.update(dt)` или ждите с помощью `zone.system.delay(seconds)`",
};
const START_COROUTINE: Text = { en: "Write `coroutine.wrap(f)()`", ru: "Напишите `coroutine.wrap(f)()`" };
const DELAYED_CALL: Text = {
  en: "Write `coroutine.wrap(function() zone.system.delay(seconds) f() end)()`",
  ru: "Напишите `coroutine.wrap(function() zone.system.delay(seconds) f() end)()`",
};
const NO_WORLD: Text = { en: "There is no game world: use what `zone` has", ru: "Игрового мира здесь нет: пользуйтесь тем, что есть в `zone`" };
const NO_VALUE_TYPE: Text = { en: "Use a table, or Luau's `vector`", ru: "Используйте таблицу или `vector` из Luau" };
const CLOCK: Text = { en: "Write `os.clock()`, or `os.time()` for the time of day", ru: "Напишите `os.clock()`, а для времени суток — `os.time()`" };
const NO_FILES: Text = {
  en: "Programs have no files: write with `print`, read lines with `zone.console.onInput`",
  ru: "Файлов у программ нет: выводите через `print`, читайте строки через `zone.console.onInput`",
};

/**
 * Globals that other programs with Luau or Lua have and a script here has not, and what to use. A name with a dot is
 * a field of such a global; of a global alone, the fields that are not listed share its advice.
 */
export const FOREIGN_GLOBALS: ReadonlyMap<string, Text> = new Map([
  ["wait", COUNT_TIME],
  ["task", COUNT_TIME],
  ["task.wait", COUNT_TIME],
  ["task.spawn", START_COROUTINE],
  ["task.defer", START_COROUTINE],
  ["task.delay", DELAYED_CALL],
  ["sleep", COUNT_TIME],
  ["spawn", START_COROUTINE],
  ["delay", DELAYED_CALL],
  ["tick", CLOCK],
  ["time", CLOCK],
  ["elapsedTime", CLOCK],
  ["game", NO_WORLD],
  ["Game", NO_WORLD],
  ["workspace", NO_WORLD],
  ["Workspace", NO_WORLD],
  ["Instance", NO_WORLD],
  ["Enum", NO_WORLD],
  ["plugin", NO_WORLD],
  ["shared", { en: "Put what files share into a module, and load it with `require`", ru: "Поместите общее в модуль и подключите его через `require`" }],
  ["script", { en: 'Load a file of the project with `require("./name")`', ru: 'Подключите файл проекта через `require("./name")`' }],
  ["Vector2", NO_VALUE_TYPE],
  ["Vector3", NO_VALUE_TYPE],
  ["CFrame", NO_VALUE_TYPE],
  ["Color3", NO_VALUE_TYPE],
  ["UDim2", NO_VALUE_TYPE],
  ["io", NO_FILES],
  ["dofile", { en: 'Load a file of the project with `require("./name")`', ru: 'Подключите файл проекта через `require("./name")`' }],
  ["socket", { en: "Sockets are in `zone.socket`", ru: "Сокеты находятся в `zone.socket`" }],
]);

/** The same for names of other languages. */
export const OTHER_LANGUAGES: ReadonlyMap<string, Text> = new Map([
  ["null", { en: "No value is written `nil`", ru: "Отсутствие значения — это `nil`" }],
  ["None", { en: "No value is written `nil`", ru: "Отсутствие значения — это `nil`" }],
  ["undefined", { en: "No value is written `nil`", ru: "Отсутствие значения — это `nil`" }],
  ["True", { en: "Write `true`", ru: "Пишите `true`" }],
  ["False", { en: "Write `false`", ru: "Пишите `false`" }],
  ["this", { en: "In a method, the object is `self`", ru: "Объект внутри метода — это `self`" }],
  ["console", { en: "Write with `print`", ru: "Выводите через `print`" }],
  ["printf", { en: "Write with `print(string.format(…))`", ru: "Выводите через `print(string.format(…))`" }],
  ["println", { en: "Write with `print`", ru: "Выводите через `print`" }],
  ["len", { en: "The length is `#value`", ru: "Длина — это `#value`" }],
  ["str", { en: "Write `tostring(value)`", ru: "Пишите `tostring(value)`" }],
  ["int", { en: "Write `tonumber(text)`", ru: "Пишите `tonumber(text)`" }],
  ["input", { en: "Lines are read with `zone.console.onInput`", ru: "Строки читают через `zone.console.onInput`" }],
]);

/** Says of a global that is nil, or of a field of it, where it is from and what to use here; undefined for one that is nowhere, and for a path. */
export function explainForeignGlobal(name: string, field?: string): Text | undefined {
  // Where it is a path, its first name is there.
  if (name.includes(".")) return undefined;
  const other = OTHER_LANGUAGES.get(name);
  if (other !== undefined) {
    return { en: `\`${name}\` belongs to other languages, not to Luau. ${other.en}.`, ru: `\`${name}\` есть в других языках, а в Luau — нет. ${other.ru}.` };
  }
  const advice = FOREIGN_GLOBALS.get(`${name}.${field}`) ?? FOREIGN_GLOBALS.get(name);
  if (advice === undefined) return undefined;
  const shown = field === undefined ? name : `${name}.${field}`;
  return {
    en: `\`${shown}\` belongs to other programs with Luau, and is not here. ${advice.en}.`,
    ru: `\`${shown}\` есть в других программах с Luau, а здесь — нет. ${advice.ru}.`,
  };
}
