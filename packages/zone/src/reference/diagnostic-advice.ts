import { nearestName } from "../program/nearest-name.ts";
import { explainForeignGlobal } from "./foreign-globals.ts";
import type { Text } from "./reference.ts";
import { explainSyntaxError } from "./syntax-errors.ts";

/** What is known of a type checker's diagnostic. */
export interface AdvisedDiagnostic {
  /** Luau's name of the kind of mistake. */
  readonly code: string;
  /** Luau's own words. */
  readonly message: string;
  /** The name that it is about. */
  readonly subject?: string;
  /** Where there is nothing of that name: names that there are. */
  readonly similar?: readonly string[];
}

/** Classes whose objects scripts give to nobody: where one is expected as an argument, it is the object of a method. */
const OBJECTS: ReadonlySet<string> = new Set(["SocketServer", "SocketClient", "NetConnection"]);

/** Luau's words for an argument of another type. */
const MISMATCH = /^Expected this to be '(\w{1,64})', but got '(\w{1,64})'/;

/** Luau's words for a sum of strings. */
const STRING_SUM = /^Operator '\+' could not be applied to operands of types (?:string and|\w{1,16} and string\b)/;

const JOIN_STRINGS: Text = {
  en: "Text is joined with `..`, not with `+`. It becomes a number with `tonumber(text)`.",
  ru: "Строки соединяют через `..`, а не через `+`. В число строку превращает `tonumber(text)`.",
};
const DOT_CALL: Text = {
  en: "This is a method: call it with a colon, `object:method()`, not with a dot. The value before the colon is its first argument.",
  ru: "Это метод: вызывайте его через двоеточие, `object:method()`, а не через точку. Значение перед двоеточием — его первый аргумент.",
};
const STRING_FOR_BYTES: Text = {
  en: "Bytes are sent, not text. Make a ByteStream of the string: `zone.byteStream.fromString(text)`.",
  ru: "Отправляются байты, а не текст. Сделайте из строки ByteStream: `zone.byteStream.fromString(text)`.",
};

/** What to do about a mistake with the playground's own API; undefined where what is said of all Luau code has to do. */
export function adviseDiagnostic({ code, message, subject, similar = [] }: AdvisedDiagnostic): Text | undefined {
  switch (code) {
    case "SyntaxError":
      return explainSyntaxError(message);
    case "UnknownSymbol":
    case "UnknownGlobal":
      return subject === undefined ? undefined : (explainForeignGlobal(subject) ?? suggestName(subject, similar));
    case "UnknownProperty":
    case "UnknownPropButFoundLikeProp":
    case "CannotExtendTable":
      return subject === undefined ? undefined : suggestName(subject, similar);
    case "UninhabitedTypeFunction":
      return STRING_SUM.test(message) ? JOIN_STRINGS : undefined;
    case "TypeMismatch": {
      const [, expected = "", got] = MISMATCH.exec(message) ?? [];
      if (OBJECTS.has(expected)) return DOT_CALL;
      return expected === "ByteStream" && got === "string" ? STRING_FOR_BYTES : undefined;
    }
    default:
      return undefined;
  }
}

function suggestName(wrong: string, names: readonly string[]): Text | undefined {
  const nearest = nearestName(wrong, names);
  if (nearest === undefined) return undefined;
  return {
    en: `There is no \`${wrong}\` here. Did you mean \`${nearest}\`?`,
    ru: `Имени \`${wrong}\` здесь нет. Возможно, вы имели в виду \`${nearest}\`?`,
  };
}
