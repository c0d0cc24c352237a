import type { Text } from "./reference.ts";

/** UTF-16 units of a line that are looked at: what is wrong stands near its beginning, and longer ones are nobody's writing. */
const LINE_LIMIT = 200;

/** Characters that stand where another one is meant, by their code in hexadecimal. */
const QUOTES: ReadonlySet<string> = new Set(["ab", "bb", "2018", "2019", "201a", "201c", "201d", "201e"]);
const DASHES: ReadonlySet<string> = new Set(["2010", "2011", "2012", "2013", "2014", "2212"]);
const SPACES: ReadonlySet<string> = new Set(["a0", "200b", "2009", "202f", "3000", "feff"]);

const UNICODE = / got Unicode character U\+([0-9a-f]{1,6})/;
const OTHER_OPERATOR = /^Unexpected '([^'\s]{1,3})'; did you mean '([^'\s]{1,4})'\?/;
const NOT_CLOSED_BLOCK = /^Expected '(end|until)' \(to close '(\w{1,8})' at (line|column) (\d{1,9})\)/;
const FORGOTTEN_BLOCK = /did you forget to close '(\w{1,8})' at line (\d{1,9})\?/;
const NOT_CLOSED_BRACKET = /^Expected '([)\]}])' \(to close '([([{])' at (line|column) (\d{1,9})\)/;
const MISSING_WORD = /^Expected '(then|do)' when parsing/;
const TOO_MUCH = /^Expected <eof>, got '(\w{1,8}|[)\]}])'/;
const MISSING_VALUE = /^Expected identifier when parsing [a-z ]{1,40}, got (?:'([^'\n]{1,20})'|<eof>)/;

/** How a line begins that was written as in another language. */
const OTHER_COMMENT = /^\s{0,100}(?:\/\/|\/\*|#)/;
const CONDITION = /^\s{0,100}(?:if|elseif|while|until)\b/;
const INCREMENT = /\b([A-Za-z_]\w{0,30})\s?\+\+/;
const FIRST_WORD = /^\s{0,100}([A-Za-z_]\w{0,30})/;

/** Words with which other languages begin a statement, and what Luau has. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ["elif", "elseif"],
  ["elsif", "elseif"],
  ["def", "function"],
  ["func", "function"],
  ["fn", "function"],
  ["fun", "function"],
  ["let", "local"],
  ["var", "local"],
  ["const", "local"],
  ["int", "local"],
  ["import", 'require("./name")'],
  ["from", 'require("./name")'],
  ["switch", "if … elseif … end"],
  ["try", "pcall"],
]);

const ANYTHING: Text = {
  en: "Luau cannot read the code from here on. Look at this place and just before it: a bracket, a quote, `then`, `do` or `end` is often missing.",
  ru: "Отсюда Luau не может прочитать код. Посмотрите на это место и чуть выше: часто не хватает скобки, кавычки, `then`, `do` или `end`.",
};

/**
 * What to do about a fault of syntax.
 *
 * @param message in Luau's own words
 * @param line text of the line that the fault is in, where it is known
 */
export function explainSyntaxError(message: string, line = ""): Text {
  const code = line.slice(0, LINE_LIMIT);
  const character = UNICODE.exec(message)?.[1];
  if (character !== undefined) return explainCharacter(character);
  if (OTHER_COMMENT.test(code)) return { en: "A comment begins with `--`.", ru: "Комментарий начинается с `--`." };
  const [, wrong, right] = OTHER_OPERATOR.exec(message) ?? [];
  if (wrong !== undefined) return { en: `Luau writes \`${right}\`, not \`${wrong}\`.`, ru: `В Luau пишут \`${right}\`, а не \`${wrong}\`.` };
  if (message.includes("got '='") && (CONDITION.test(code) || MISSING_WORD.test(message))) {
    return { en: "Two values are compared with `==`; a single `=` assigns.", ru: "Сравнивают через `==`, а одно `=` присваивает значение." };
  }
  if (message.startsWith("Malformed string") || message.startsWith("Unfinished string")) {
    return {
      en: "The text is not closed: its second quote must stand in the same line.",
      ru: "Строка не закрыта: вторая кавычка должна стоять в этой же строке кода.",
    };
  }
  return explainBlock(message) ?? explainStatement(message, code) ?? ANYTHING;
}

function explainCharacter(hex: string): Text {
  if (QUOTES.has(hex)) return { en: 'Quotes are straight in Luau: `"text"`.', ru: 'В Luau кавычки прямые: `"текст"`.' };
  if (DASHES.has(hex)) return { en: "Minus is the hyphen of the keyboard: `-`.", ru: "Минус — это дефис с клавиатуры: `-`." };
  if (SPACES.has(hex)) {
    return {
      en: "An invisible character stands here, perhaps from a copied text. Delete it and type a space.",
      ru: "Здесь стоит невидимый символ, возможно, из скопированного текста. Удалите его и введите пробел.",
    };
  }
  return {
    en: "Names consist of Latin letters, digits and `_`. Any other character belongs into quotes or a comment.",
    ru: "Имена состоят из латинских букв, цифр и `_`. Другие символы пишут в кавычках или в комментарии.",
  };
}

function explainBlock(message: string): Text | undefined {
  const [, closing, opener, unit, at] = NOT_CLOSED_BLOCK.exec(message) ?? [];
  if (closing !== undefined) {
    const [, forgotten, forgottenLine] = FORGOTTEN_BLOCK.exec(message) ?? [];
    const word = forgotten ?? opener!;
    const place = placeOf(forgotten === undefined ? unit! : "line", forgottenLine ?? at!);
    const elseIf: Text = word === "else" ? { en: " `elseif` is one word.", ru: " `elseif` пишется слитно." } : { en: "", ru: "" };
    return {
      en: `The block that begins with \`${word}\`${place.en} is not closed: add \`${closing}\`.${elseIf.en}`,
      ru: `Блок, который начинается с \`${word}\`${place.ru}, не закрыт: добавьте \`${closing}\`.${elseIf.ru}`,
    };
  }
  const [, bracket, opened, bracketUnit, bracketAt] = NOT_CLOSED_BRACKET.exec(message) ?? [];
  if (bracket !== undefined) {
    const place = placeOf(bracketUnit!, bracketAt!);
    return {
      en: `The bracket \`${opened}\`${place.en} is not closed here: \`${bracket}\`, a comma or an operator is missing before this place.`,
      ru: `Скобка \`${opened}\`${place.ru} здесь ещё не закрыта: перед этим местом не хватает \`${bracket}\`, запятой или оператора.`,
    };
  }
  const word = MISSING_WORD.exec(message)?.[1];
  if (word === "then") return { en: "`then` is missing behind the condition.", ru: "После условия не хватает `then`." };
  if (word === "do") return { en: "`do` is missing behind the head of the loop.", ru: "После заголовка цикла не хватает `do`." };
  const extra = TOO_MUCH.exec(message)?.[1];
  return extra === undefined
    ? undefined
    : {
        en: `This \`${extra}\` closes or continues nothing: it is one too many, or something above is closed too early.`,
        ru: `\`${extra}\` здесь ничего не закрывает и не продолжает: это лишнее, или что-то выше закрыто раньше времени.`,
      };
}

function explainStatement(message: string, code: string): Text | undefined {
  const counted = INCREMENT.exec(code)?.[1];
  if (counted !== undefined) return { en: `Luau has no \`++\`: write \`${counted} += 1\`.`, ru: `В Luau нет \`++\`: пишите \`${counted} += 1\`.` };
  const first = FIRST_WORD.exec(code)?.[1] ?? "";
  const ours = OTHER_WORDS.get(first);
  if (ours !== undefined) return { en: `Luau has no \`${first}\`: use \`${ours}\`.`, ru: `В Luau нет \`${first}\`: используйте \`${ours}\`.` };
  if (message.startsWith("Incomplete statement")) {
    return {
      en: "A name or a value alone does nothing. Call a function, `name()`, or assign, `name = value`.",
      ru: "Имя или значение само по себе ничего не делает. Вызовите функцию, `name()`, или присвойте значение, `name = value`.",
    };
  }
  if (message.startsWith("Expected function call arguments")) {
    return { en: "A method is called with brackets: `object:method()`.", ru: "Метод вызывают со скобками: `object:method()`." };
  }
  const found = MISSING_VALUE.exec(message);
  if (found === null) return undefined;
  const next = found[1];
  return next === undefined
    ? { en: "The code ends here, and a name or a value is missing.", ru: "Код здесь закончился, а нужно ещё имя или значение." }
    : { en: `A name or a value is missing before \`${next}\`.`, ru: `Перед \`${next}\` не хватает имени или значения.` };
}

function placeOf(unit: string, at: string): Text {
  return unit === "line" ? { en: ` in line ${at}`, ru: ` в строке ${at}` } : { en: "", ru: "" };
}
