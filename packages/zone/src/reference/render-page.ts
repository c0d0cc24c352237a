import type { Chapter, Entry, FunctionEntry, Origin, Section, Table, Text } from "./reference.ts";

/** The languages of the page. */
export type Language = keyof Text;

/** What the page says around the entries. */
const WORDS = {
  title: { en: "The script API", ru: "API скриптов" },
  intro: {
    en: "Everything that a Luau script can use in the playground.",
    ru: "Всё, чем может пользоваться скрипт на Luau в песочнице.",
  },
  generated: {
    en: "Generated from `packages/zone/src/reference`; change it there.",
    ru: "Создано из `packages/zone/src/reference`; правки вносятся туда.",
  },
  arguments: { en: "Arguments", ru: "Аргументы" },
  none: { en: "none.", ru: "нет." },
  returns: { en: "Returns", ru: "Возвращает" },
  nothing: { en: "`nil` (nothing).", ru: "`nil` (ничего)." },
  value: { en: "Value", ru: "Значение" },
  errors: { en: "Errors", ru: "Ошибки" },
  example: { en: "Example", ru: "Пример" },
  important: { en: "Important", ru: "Важно" },
  origins: {
    en: "Names marked _engine_ belong to the Zone engine: scripts that use them run there too. Names marked _playground_ exist only here. The rest is Luau itself.",
    ru: "Пометка _движок_ стоит у имён движка Zone: скрипты с ними работают и там. Пометка _песочница_ — у имён, которые есть только здесь. Остальное — сам Luau.",
  },
} satisfies Record<string, Text>;

/** How an entry is marked. */
export const ORIGIN_MARKS: Readonly<Record<Origin, Text>> = {
  engine: { en: "engine", ru: "движок" },
  playground: { en: "playground", ru: "песочница" },
};

/** The whole reference as a Markdown page. */
export function renderPage(chapters: readonly Chapter[], language: Language): string {
  const say = (text: Text): string => text[language];
  const parts = [
    `<!-- ${say(WORDS.generated).replaceAll("`", "")} -->`,
    `# ${say(WORDS.title)}`,
    say(WORDS.intro),
    say(WORDS.origins),
    contents(chapters, language),
    ...chapters.map((chapter) => renderChapter(chapter, language)),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function contents(chapters: readonly Chapter[], language: Language): string {
  return chapters
    .flatMap((chapter) => [contentsLine(0, chapter.title[language]), ...chapter.sections.map((section) => contentsLine(1, section.title[language]))])
    .join("\n");
}

function contentsLine(depth: number, title: string): string {
  return `${"  ".repeat(depth)}- [${title}](#${anchor(title)})`;
}

/** The anchor that Markdown viewers give a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function renderChapter(chapter: Chapter, language: Language): string {
  return [
    `## ${chapter.title[language]}`,
    ...(chapter.important ?? []).map((text) => important(text, language)),
    ...chapter.text.map((text) => text[language]),
    ...chapter.entries.map((entry) => renderEntry(entry, "###", language)),
    ...chapter.sections.map((section) => renderSection(section, language)),
  ].join("\n\n");
}

function renderSection(section: Section, language: Language): string {
  return [
    `### ${section.title[language]}`,
    ...(section.important ?? []).map((text) => important(text, language)),
    ...section.text.map((text) => text[language]),
    ...(section.table ? [renderTable(section.table, language)] : []),
    ...renderExample(section, language),
    ...section.entries.map((entry) => renderEntry(entry, "####", language)),
  ].join("\n\n");
}

function renderEntry(entry: Entry, level: string, language: Language): string {
  return [
    `${level} ${heading(entry)}`,
    `\`\`\`luau\n${entry.names.map((name) => signature(entry, name)).join("\n")}\n\`\`\``,
    ...(entry.origin === undefined ? [] : [`_${ORIGIN_MARKS[entry.origin][language]}_`]),
    ...entry.text.map((text) => text[language]),
    ...(entry.important ?? []).map((text) => important(text, language)),
    [...facts(entry, language)].join("\n"),
    ...renderExample(entry, language),
  ].join("\n\n");
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
