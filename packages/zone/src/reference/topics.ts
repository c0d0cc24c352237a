import type { Chapter, Entry, FunctionEntry, Origin, Section, Table, Text } from "./reference.ts";

/** The languages of the reference. */
export type Language = keyof Text;

/** What stands below one heading: a chapter's or a section's introduction, or an entry. */
export interface Topic {
  /** The same in every language: the entry's first name, or the words of the English heading, such as `the-bridge`. */
  readonly id: string;
  /** 1 for a chapter; more for what lies in it. */
  readonly depth: 1 | 2 | 3;
  /** The heading. */
  readonly title: string;
  /** Of an entry, as scripts write them: `zone.socket.update`, `NetConnection:send`. */
  readonly names: readonly string[];
  /** What follows the heading; may be empty. */
  readonly markdown: string;
}

/** What is said around the entries' own texts. */
const WORDS = {
  arguments: { en: "Arguments", ru: "Аргументы" },
  none: { en: "none.", ru: "нет." },
  returns: { en: "Returns", ru: "Возвращает" },
  nothing: { en: "`nil` (nothing).", ru: "`nil` (ничего)." },
  value: { en: "Value", ru: "Значение" },
  errors: { en: "Errors", ru: "Ошибки" },
  example: { en: "Example", ru: "Пример" },
  important: { en: "Important", ru: "Важно" },
} satisfies Record<string, Text>;

/** How an entry is marked. */
export const ORIGIN_MARKS: Readonly<Record<Origin, Text>> = {
  engine: { en: "engine", ru: "движок" },
  playground: { en: "playground", ru: "песочница" },
};

/** What the marks mean: stands above the reference. */
export const ORIGINS_NOTE: Text = {
  en: "Names marked _engine_ belong to the Zone engine: scripts that use them run there too. Names marked _playground_ exist only here. The rest is Luau itself.",
  ru: "Пометка _движок_ стоит у имён движка Zone: скрипты с ними работают и там. Пометка _песочница_ — у имён, которые есть только здесь. Остальное — сам Luau.",
};

/** The reference in the order of the page, heading by heading. */
export function topicsOf(chapters: readonly Chapter[], language: Language): Topic[] {
  return chapters.flatMap((chapter) => [
    introduction(chapter, 1, language),
    ...chapter.entries.map((entry) => entryTopic(entry, 2, language)),
    ...chapter.sections.flatMap((section) => [introduction(section, 2, language), ...section.entries.map((entry) => entryTopic(entry, 3, language))]),
  ]);
}

/** The anchor that Markdown viewers give a heading. */
export function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function introduction(part: Chapter | Section, depth: 1 | 2, language: Language): Topic {
  const { title, text, important: warnings = [] } = part;
  const { table, example }: Partial<Section> = "sections" in part ? {} : part;
  const markdown = [
    ...warnings.map((warning) => important(warning, language)),
    ...text.map((paragraph) => paragraph[language]),
    ...(table === undefined ? [] : [renderTable(table, language)]),
    ...(example === undefined ? [] : renderExample({ example }, language)),
  ].join("\n\n");
  return { id: anchor(title.en), depth, title: title[language], names: [], markdown };
}

function entryTopic(entry: Entry, depth: 2 | 3, language: Language): Topic {
  const markdown = [
    `\`\`\`luau\n${entry.names.map((name) => signature(entry, name)).join("\n")}\n\`\`\``,
    ...(entry.origin === undefined ? [] : [`_${ORIGIN_MARKS[entry.origin][language]}_`]),
    ...entry.text.map((text) => text[language]),
    ...(entry.important ?? []).map((text) => important(text, language)),
    [...facts(entry, language)].join("\n"),
    ...renderExample(entry, language),
  ].join("\n\n");
  return { id: entry.names[0] ?? "", depth, title: heading(entry), names: entry.names, markdown };
}

function renderExample({ example, exampleFiles }: Pick<Entry, "example" | "exampleFiles">, language: Language): string[] {
  if (example === undefined) return [];
  const files = Object.entries(exampleFiles ?? {}).flatMap(([name, source]) => [`\`${name}\`:`, codeBlock(source)]);
  const title = `**${WORDS.example[language]}**`;
  if (files.length === 0) return [title, codeBlock(example)];
  return [title, ...files, "`main.luau`:", codeBlock(example)];
}

function codeBlock(source: string): string {
  return `\`\`\`luau\n${source.trim()}\n\`\`\``;
}

function heading(entry: Entry): string {
  if (entry.kind === "value") return entry.names[0];
  const [first = "", second] = entry.names;
  if (second === undefined) return `${first}()`;
  // Of a family of methods the class is named once.
  const className = /^\w+:/.exec(first)?.[0] ?? "";
  return `${className}${entry.names.map((name) => `${name.slice(className.length)}()`).join(", ")}`;
}

/** As Luau writes it. */
function signature(entry: Entry, name: string): string {
  if (entry.kind === "value") return `${name}: ${entry.type}`;
  const parameters = entry.parameters.map((parameter) => (parameter.name === "..." ? `...: ${parameter.type}` : `${parameter.name}: ${parameter.type}`));
  const call = `${name}(${parameters.join(", ")})`;
  if (entry.kind === "callback") return `function ${call}`;
  return entry.result ? `${call}: ${returnType(entry)}` : call;
}

/** Several results stand in brackets. */
function returnType(entry: FunctionEntry): string {
  const type = entry.result?.type ?? "()";
  return type.includes("?, ") ? `(${type})` : type;
}

function* facts(entry: Entry, language: Language): Generator<string> {
  if (entry.kind === "value") {
    yield `- **${WORDS.value[language]}:** \`${entry.type}\``;
    return;
  }
  if (entry.parameters.length === 0) {
    yield `- **${WORDS.arguments[language]}:** ${WORDS.none[language]}`;
  } else {
    yield `- **${WORDS.arguments[language]}:**`;
    for (const { name, type, text } of entry.parameters) {
      yield `  - \`${name}: ${type}\` — ${text[language]}`;
    }
  }
  if (entry.kind === "function") {
    const result = entry.result ? `\`${entry.result.type}\` — ${entry.result.text[language]}` : WORDS.nothing[language];
    yield `- **${WORDS.returns[language]}:** ${result}`;
  }
  if (entry.failures) {
    yield `- **${WORDS.errors[language]}:**`;
    for (const { cause, message } of entry.failures) yield `  - \`${cause}\` → \`${message}\``;
  }
}

function important(text: Text, language: Language): string {
  return `> ⚠️ **${WORDS.important[language]}**\n>\n> ${text[language]}`;
}

function renderTable(table: Table, language: Language): string {
  const cell = (value: string | Text): string => (typeof value === "string" ? value : value[language]);
  const row = (cells: readonly (string | Text)[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [row(table.head), `|${"---|".repeat(table.head.length)}`, ...table.rows.map(row)].join("\n");
}
