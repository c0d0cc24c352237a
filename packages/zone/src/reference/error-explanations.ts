import { explainForeignGlobal } from "./foreign-globals.ts";
import type { Text } from "./reference.ts";
import { explainSyntaxError } from "./syntax-errors.ts";

/** What an error of a script was about, so that it can be explained in the reader's language. */
export type ErrorExplanation =
  /** The code cannot be read: Luau's own words, and the text of the line that they are about. */
  | { readonly kind: "syntax"; readonly message: string; readonly line: string }
  /** Something was called that is nil; `nearest` is a name that there is and that looks like it, `isGlobal` whether `name` begins with a global. */
  | { readonly kind: "nil-called"; readonly name?: string; readonly isGlobal?: boolean; readonly nearest?: string }
  /** A field or method of nil was asked for. */
  | { readonly kind: "nil-indexed"; readonly name?: string; readonly isGlobal?: boolean; readonly field?: string; readonly nearest?: string }
  /** A value of `type` was called. */
  | { readonly kind: "not-callable"; readonly name?: string; readonly type: string }
  | {
      readonly kind: "arithmetic" | "concatenation" | "comparison" | "length" | "iteration";
      readonly name?: string;
      readonly type: string;
      /** Two values were added. */
      readonly isSum?: boolean;
      /** The line reads the element 0 of a table. */
      readonly isZeroIndexed?: boolean;
    }
  | { readonly kind: "read-only" }
  /** Argument number `index` of a function has the wrong type; without `got` it is missing. */
  | { readonly kind: "argument"; readonly index: number; readonly function: string; readonly expected: string; readonly got?: string }
  /** A port is not between these two. */
  | { readonly kind: "port"; readonly least: number; readonly most: number }
  /** A ByteStream has fewer bytes left than this method reads. */
  | { readonly kind: "too-few-bytes"; readonly method: string }
  /** A server or a client is told to listen, and does so already. */
  | { readonly kind: "socket-in-use" }
  /** A method was called with a dot. */
  | { readonly kind: "dot-call"; readonly method: string }
  /** The time budget of one entry, in seconds, is spent. */
  | { readonly kind: "budget"; readonly seconds: number }
  | { readonly kind: "memory" }
  | { readonly kind: "stack-overflow" };

/** Names of Luau's types as Russian says them; what is not here keeps its name. */
const RUSSIAN_TYPES: ReadonlyMap<string, string> = new Map([
  ["nil", "nil"],
  ["string", "строка"],
  ["number", "число"],
  ["boolean", "логическое значение"],
  ["table", "таблица"],
  ["function", "функция"],
]);

/** The explanation in a few sentences: what has happened, and what to do. */
export function explainError(explanation: ErrorExplanation, language: keyof Text): string {
  return texts(explanation)[language];
}

function texts(explanation: ErrorExplanation): Text {
  if ((explanation.kind === "nil-called" || explanation.kind === "nil-indexed") && explanation.name !== undefined && explanation.isGlobal) {
    const foreign = explainForeignGlobal(explanation.name, explanation.kind === "nil-indexed" ? explanation.field : undefined);
    if (foreign !== undefined) return foreign;
  }
  switch (explanation.kind) {
    case "syntax":
      return explainSyntaxError(explanation.message, explanation.line);
    case "nil-called": {
      const { name, nearest } = explanation;
      if (name === undefined) {
        return {
          en: "What is called here is nil, not a function. Check what stands before the brackets.",
          ru: "Здесь вызывается nil, а не функция. Проверьте, что стоит перед скобками.",
        };
      }
      return withNearest(nearest, {
        en: `\`${name}\` is nil, and nil cannot be called. `,
        ru: `\`${name}\` — это nil, а вызвать nil нельзя. `,
      });
    }
    case "nil-indexed": {
      const { name, field, nearest } = explanation;
      const what: Text = name === undefined ? { en: "The value is nil", ru: "Значение — nil" } : { en: `\`${name}\` is nil`, ru: `\`${name}\` — это nil` };
      const lacks: Text =
        field === undefined ? { en: "and nil has no fields", ru: "а у nil нет полей" } : { en: `and nil has no \`${field}\``, ru: `а у nil нет \`${field}\`` };
      const both: Text = { en: `${what.en}, ${lacks.en}. `, ru: `${what.ru}, ${lacks.ru}. ` };
      if (nearest !== undefined) return withNearest(nearest, both);
      const shown = name ?? "value";
      return {
        en: `${both.en}Give it a value before, or check it first: \`if ${shown} then … end\`.`,
        ru: `${both.ru}Сначала присвойте значение или проверьте его: \`if ${shown} then … end\`.`,
      };
    }
    case "not-callable": {
      const { name, type } = explanation;
      return {
        en: `Only functions can be called, and ${named(name).en} is ${article(type)}. Check what stands before the brackets.`,
        ru: `Вызвать можно только функцию, а ${named(name).ru} — ${russianType(type)}. Проверьте, что стоит перед скобками.`,
      };
    }
    case "arithmetic":
      return operand(explanation, {
        en: "Only numbers can be calculated with",
        ru: "Вычислять можно только с числами",
        remedy:
          explanation.isSum === true && explanation.type === "string"
            ? {
                en: "Text is joined with `..`, and becomes a number with `tonumber(text)`.",
                ru: "Строки соединяют через `..`, а в число строку превращает `tonumber(text)`.",
              }
            : { en: "Text becomes a number with `tonumber(text)`.", ru: "Строку превращает в число `tonumber(text)`." },
      });
    case "concatenation":
      return operand(explanation, {
        en: "Only strings and numbers can be joined with `..`",
        ru: "Соединять через `..` можно только строки и числа",
        remedy: { en: "Any value becomes text with `tostring(value)`.", ru: "Любое значение превращает в строку `tostring(value)`." },
      });
    case "comparison":
      return operand(explanation, {
        en: "Only two numbers or two strings can be compared by size",
        ru: "Сравнивать по величине можно только два числа или две строки",
        remedy: { en: "Text becomes a number with `tonumber(text)`.", ru: "Строку превращает в число `tonumber(text)`." },
      });
    case "length":
      return operand(explanation, {
        en: "Only strings and tables have a length",
        ru: "Длина есть только у строк и таблиц",
        remedy: { en: "Check what stands behind `#`.", ru: "Проверьте, что стоит после `#`." },
      });
    case "iteration":
      return operand(explanation, {
        en: "`for … in` goes through tables only",
        ru: "`for … in` перебирает только таблицы",
        remedy: { en: "Check what stands behind `in`; counting is `for i = 1, n do`.", ru: "Проверьте, что стоит после `in`; счёт — это `for i = 1, n do`." },
      });
    case "read-only":
      return {
        en: "This table cannot be changed. Put the value into a table of your own; callbacks belong into `zone`.",
        ru: "Эту таблицу нельзя изменить. Поместите значение в свою таблицу; коллбэки записывают в `zone`.",
      };
    case "argument":
      return argument(explanation);
    case "port": {
      const { least, most } = explanation;
      return {
        en: `A port is a whole number from ${least} to ${most}. Choose one from 1024 up, such as \`8080\`.`,
        ru: `Порт — целое число от ${least} до ${most}. Возьмите порт от 1024 и выше, например \`8080\`.`,
      };
    }
    case "too-few-bytes": {
      const { method } = explanation;
      return {
        en: `\`${method}\` needs more bytes than there are. TCP brings bytes in pieces: gather them, and read once \`remaining()\` says that enough are there.`,
        ru: `Для \`${method}\` не хватает байтов. По TCP байты приходят по частям: накапливайте их и читайте, когда \`remaining()\` покажет, что их достаточно.`,
      };
    }
    case "socket-in-use":
      return {
        en: "One server listens on one port, and one client has one connection. Call `close()` first, or make another with `new()`.",
        ru: "Один сервер слушает один порт, у одного клиента одно соединение. Сначала вызовите `close()` или создайте ещё один через `new()`.",
      };
    case "dot-call": {
      const { method } = explanation;
      return {
        en: `\`${method}\` is a method: call it with a colon, \`object:${method}(…)\`, not with a dot.`,
        ru: `\`${method}\` — это метод: вызывайте его через двоеточие, \`object:${method}(…)\`, а не через точку.`,
      };
    }
    case "budget": {
      const { seconds } = explanation;
      return {
        en: `The code ran for ${seconds} s without returning. A loop must end: to wait or to go on for long, do a part of the work in each \`zone.update(dt)\`.`,
        ru: `Код выполнялся ${seconds} с и не завершился. Цикл должен закончиться: чтобы ждать или работать долго, делайте часть работы в каждом вызове \`zone.update(dt)\`.`,
      };
    }
    case "memory":
      return {
        en: "The program has used up its memory. Look for a table or a string that only grows.",
        ru: "Программа израсходовала всю память. Найдите таблицу или строку, которая только растёт.",
      };
    case "stack-overflow":
      return {
        en: "Functions called each other too deeply. A function that calls itself must stop at some point.",
        ru: "Слишком много вложенных вызовов. Функция, которая вызывает саму себя, должна когда-то остановиться.",
      };
  }
}

function argument({ index, function: name, expected, got }: Extract<ErrorExplanation, { kind: "argument" }>): Text {
  const what: Text =
    got === undefined
      ? {
          en: `\`${name}\` needs argument ${index}, ${article(expected)}, and it is missing. `,
          ru: `Для \`${name}\` не указан аргумент ${index}: нужен тип ${expected}. `,
        }
      : {
          en: `Argument ${index} of \`${name}\` must be ${article(expected)}, and it is ${article(got)}. `,
          ru: `Аргумент ${index} у \`${name}\` должен иметь тип ${expected}, а здесь ${got}. `,
        };
  const remedy: Text =
    expected === "ByteStream" && got === "string"
      ? { en: "Make one of the text: `zone.byteStream.fromString(text)`.", ru: "Сделайте его из строки: `zone.byteStream.fromString(text)`." }
      : { en: "Check the order and the values of the arguments.", ru: "Проверьте порядок и значения аргументов." };
  return { en: what.en + remedy.en, ru: what.ru + remedy.ru };
}

/** What is known of an operand that does not fit. */
interface Operand {
  readonly name?: string;
  readonly type: string;
  readonly isZeroIndexed?: boolean;
}

function operand({ name, type, isZeroIndexed = false }: Operand, rule: Text & { readonly remedy: Text }): Text {
  // What is nil is seldom converted: it has no value yet, or another name.
  const remedy: Text =
    type === "nil" && isZeroIndexed
      ? { en: "Tables begin at 1: look at the index `[0]`.", ru: "Таблицы начинаются с 1: проверьте индекс `[0]`." }
      : type === "nil"
        ? { en: "Check the name, and that it has a value by then.", ru: "Проверьте имя и то, что значение к этому моменту присвоено." }
        : rule.remedy;
  return {
    en: `${rule.en}, and ${named(name).en} is ${article(type)}. ${remedy.en}`,
    ru: `${rule.ru}, а ${named(name).ru} — ${type === "nil" ? "это nil" : russianType(type)}. ${remedy.ru}`,
  };
}

function named(name: string | undefined): Text {
  return name === undefined ? { en: "a value in this line", ru: "одно из значений в этой строке" } : { en: `\`${name}\``, ru: `\`${name}\`` };
}

function article(type: string): string {
  if (type === "nil") return type;
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function russianType(type: string): string {
  return RUSSIAN_TYPES.get(type) ?? type;
}

function withNearest(nearest: string | undefined, what: Text): Text {
  return nearest === undefined
    ? {
        en: `${what.en}Check the spelling, upper and lower case too, and that it has a value by then.`,
        ru: `${what.ru}Проверьте написание, регистр букв и то, что значение к этому моменту присвоено.`,
      }
    : { en: `${what.en}Did you mean \`${nearest}\`?`, ru: `${what.ru}Возможно, вы имели в виду \`${nearest}\`?` };
}
