import type { Chapter, Text } from "./reference.ts";
import { anchor, type Language, ORIGINS_NOTE, topicsOf } from "./topics.ts";

/** What the page says above its contents. */
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
} satisfies Record<string, Text>;

/** The whole reference as a Markdown page. */
export function renderPage(chapters: readonly Chapter[], language: Language): string {
  const say = (text: Text): string => text[language];
  const parts = [
    `<!-- ${say(WORDS.generated).replaceAll("`", "")} -->`,
    `# ${say(WORDS.title)}`,
    say(WORDS.intro),
    say(ORIGINS_NOTE),
    contents(chapters, language),
    ...topicsOf(chapters, language).flatMap(({ depth, title, markdown }) => [`${"#".repeat(depth + 1)} ${title}`, markdown]),
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
