import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The course whose lessons the tests do. */
export const COURSE = "programs-that-talk";

const FOLDER = fileURLToPath(new URL(`../../lessons/${COURSE}`, import.meta.url));

/** Its lessons, in order. */
export const LESSONS = (JSON.parse(readFileSync(join(FOLDER, "course.json"), "utf8")) as { readonly lessons: readonly string[] }).lessons;

export type LessonLanguage = "en" | "ru";

/** A mistake that an author has foreseen. */
export interface ForeseenMistake {
  readonly name: string;
  /** The step whose text has its hint. */
  readonly step: string;
  /** The hint's first line, without marks of Markdown. */
  readonly hint: Readonly<Record<LessonLanguage, string>>;
}

/** Sources of a folder of a lesson, such as `files` or `mistakes/no-update`, by name; empty where there is none. */
export function filesIn(lesson: string, folder: string): ReadonlyMap<string, string> {
  const path = join(FOLDER, lesson, folder);
  return new Map(existsSync(path) ? readdirSync(path).map((name) => [name, readFileSync(join(path, name), "utf8")]) : []);
}

/** The step that the start fails. */
export function failsAt(lesson: string): string {
  return (JSON.parse(readFileSync(join(FOLDER, lesson, "lesson.json"), "utf8")) as { readonly failsAt: string }).failsAt;
}

/** A lesson's steps: id and title. */
export function stepsOf(lesson: string, language: LessonLanguage = "en"): { readonly id: string; readonly title: string }[] {
  return [...textOf(lesson, language).matchAll(/^## (.+)\n::step\{#([\w-]+)/gm)].map(([, title = "", id = ""]) => ({ id, title: plain(title) }));
}

/** All foreseen mistakes, in the order of the steps. */
export function mistakesOf(lesson: string): ForeseenMistake[] {
  const hints = { en: hintsOf(lesson, "en"), ru: hintsOf(lesson, "ru") };
  return [...hints.en].map(([name, { step, hint }]) => ({ name, step, hint: { en: hint, ru: hints.ru.get(name)?.hint ?? "" } }));
}

function hintsOf(lesson: string, language: LessonLanguage): Map<string, { readonly step: string; readonly hint: string }> {
  const parts = textOf(lesson, language).split(/^::step\{#([\w-]+).*$/m);
  const found = new Map<string, { readonly step: string; readonly hint: string }>();
  for (let index = 1; index < parts.length; index += 2) {
    for (const [, name = "", line = ""] of (parts[index + 1] ?? "").matchAll(/^:::hint\{mistake="([\w-]+)"\}\n(.+)$/gm))
      found.set(name, { step: parts[index] ?? "", hint: plain(line) });
  }
  return found;
}

function textOf(lesson: string, language: LessonLanguage): string {
  return readFileSync(join(FOLDER, lesson, `lesson.${language}.md`), "utf8");
}

/** Running text as it is shown. */
function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/`` ?(.*?) ?``/g, "$1")
    .replaceAll(/`|\*\*/g, "");
}
