import { Problems } from "../lesson-error.ts";
import { LANGUAGES, type Language } from "../local-text.ts";
import { MAX_FILE_NAME_CHARS, MAX_MISTAKES, MAX_SOURCE_BYTES, MAX_TEXT_BYTES, MINUTES_RANGE } from "../limits.ts";
import { codeBlocks } from "../markdown/code-of-text.ts";
import { readLessonText, type ReadText } from "../markdown/read-lesson-text.ts";
import { below, type FolderFiles, isWithinLimits, textFile } from "./folder.ts";
import { idFault } from "../id.ts";
import { JsonReader } from "./json-reader.ts";
import { CHECK_FILE, LESSON_FORMAT, type Lesson, type Mistake, type SharedFiles, type Sources } from "./lesson.ts";
import { readPictures } from "./read-pictures.ts";
import { compareTexts } from "./same-in-both.ts";

/** What a lesson is read with. */
export interface LessonSurroundings {
  /** The name of its folder. */
  readonly id: string;
  /** What the course has for all of its lessons. Default: nothing. */
  readonly shared?: SharedFiles;
  /** The lessons that links may lead to. Default: any. */
  readonly lessons?: readonly string[];
  /** Whether the folders of mistakes are there. Where they were left out, mistakes come as hints only. Default: they are. */
  readonly hasMistakes?: boolean;
}

/** Programs of one lesson: as many as one can look at side by side. */
const MAX_PROGRAMS = 4;

/** Files that a lesson takes from its course. */
const MAX_SHARED = 20;

/** What stands in `lesson.json`. */
interface LessonJson {
  readonly minutes: number;
  readonly programs: readonly string[];
  readonly open: string | undefined;
  readonly shared: readonly string[];
  readonly failsAt: string | undefined;
}

/**
 * Reads a lesson's folder and looks whether everything in it fits together. `docs/lesson-format.md` describes it.
 *
 * @throws {LessonError} with every problem that was found
 */
export function readLesson(folder: FolderFiles, { id, shared, lessons, hasMistakes = true }: LessonSurroundings): Lesson {
  const problems = new Problems();
  const fault = idFault(id);
  if (fault !== undefined) problems.add("lesson.json", undefined, `the name of the lesson's folder ${fault}`);
  if (!isWithinLimits(folder, "lesson.json", problems)) problems.throwAny();
  const json = lessonJson(folder, problems);
  const files = readFiles(folder, json, shared?.files, problems);
  const texts = readTexts(folder, problems);
  problems.throwAny();

  const [first] = LANGUAGES;
  const steps = texts[first].text.steps.map((step) => ({ id: step.id, kind: step.kind }));
  compareTexts(texts, problems);
  for (const language of LANGUAGES) lookAtText(texts[language], language, { files, lessons, problems });
  const pictures = readPictures(folder, texts, problems);
  const checked = steps.filter(({ kind }) => kind === "check").map((step) => step.id);
  const check = readCheck(folder, checked, shared?.check, problems);
  if (checked.length > 0 && !checked.includes(json.failsAt ?? "")) {
    problems.add("lesson.json", undefined, `"failsAt" names the step that files/ fails, one of ${checked.join(", ")}`);
  }
  const solution = new Map([...files, ...sourcesBelow(folder, "solution/", files, problems)]);
  const mistakes = hasMistakes ? readMistakes(folder, solution, texts[first], problems) : [];
  lookForStrangers(folder, problems);
  problems.throwAny();
  return {
    id,
    minutes: json.minutes,
    title: { en: texts.en.text.title, ru: texts.ru.text.title },
    text: { en: texts.en.text, ru: texts.ru.text },
    steps,
    programs: json.programs,
    open: json.open ?? json.programs[0] ?? "",
    files,
    solution,
    ...(check !== undefined && { check }),
    ...(json.failsAt !== undefined && { failsAt: json.failsAt }),
    mistakes,
    pictures,
    references: LANGUAGES.flatMap((language) => texts[language].referenceLinks.map((link) => ({ ...link, file: `lesson.${language}.md` }))),
  };
}

function lessonJson(folder: FolderFiles, problems: Problems): LessonJson {
  const source = textFile(folder, "lesson.json", MAX_SOURCE_BYTES, problems) ?? "{}";
  if (!folder.has("lesson.json")) return { minutes: 0, programs: [], open: undefined, shared: [], failsAt: undefined };
  const json = JsonReader.ofFile(source, "lesson.json", ["format", "minutes", "programs", "open", "shared", "failsAt"], problems);
  json.format(LESSON_FORMAT);
  return {
    minutes: json.wholeNumber("minutes", MINUTES_RANGE),
    programs: json.strings("programs", { most: MAX_PROGRAMS }),
    open: json.optionalString("open"),
    shared: json.strings("shared", { most: MAX_SHARED, isOptional: true }),
    failsAt: json.optionalString("failsAt"),
  };
}

/** The files that a learner begins with, programs first. */
function readFiles(folder: FolderFiles, { programs, open, shared }: LessonJson, sharedFiles: Sources = new Map(), problems: Problems): Sources {
  const own = sourcesBelow(folder, "files/", undefined, problems);
  const found = new Map(own);
  for (const name of shared) {
    const source = sharedFiles.get(name);
    if (source === undefined) problems.add("lesson.json", undefined, `"shared" names ${name}, which is not in the course's shared/files`);
    else if (own.has(name)) problems.add(`files/${name}`, undefined, `the course has this file in shared/files; remove one of them`);
    else found.set(name, source);
  }
  for (const name of [...programs, ...(open === undefined ? [] : [open])]) {
    if (!found.has(name)) problems.add("lesson.json", undefined, `${name} is named, and is not in files/`);
  }
  const rest = [...found.keys()].filter((name) => !programs.includes(name)).sort();
  return new Map([...programs, ...rest].flatMap((name) => (found.has(name) ? [[name, found.get(name)!] as const] : [])));
}

/** Luau files of a folder; where `known` is given, no others than those. */
function sourcesBelow(folder: FolderFiles, prefix: string, known: Sources | undefined, problems: Problems): Map<string, string> {
  const sources = new Map<string, string>();
  for (const name of below(folder, prefix).keys()) {
    const path = prefix + name;
    if (!/^[\w-]+\.luau$/.test(name)) problems.add(path, undefined, "a lesson's files are name.luau, in letters a to z, digits, - and _, and in no folder");
    else if (name.length > MAX_FILE_NAME_CHARS)
      problems.add(path, undefined, `the file's name has ${name.length} characters and may have at most ${MAX_FILE_NAME_CHARS}`);
    else if (known?.has(name) === false) problems.add(path, undefined, `files/ has no ${name}; here stand only files that differ from those there`);
    else sources.set(name, textFile(folder, path, MAX_SOURCE_BYTES, problems) ?? "");
  }
  return sources;
}

function readTexts(folder: FolderFiles, problems: Problems): Record<Language, ReadText> {
  const texts = LANGUAGES.map((language) => {
    const file = `lesson.${language}.md`;
    const source = textFile(folder, file, MAX_TEXT_BYTES, problems);
    return [language, source === undefined ? undefined : readLessonText(source, file, problems)] as const;
  });
  // Where one is undefined there is a problem, so that nobody gets to see this.
  return Object.fromEntries(texts) as Record<Language, ReadText>;
}

/** What a text says of other files. */
function lookAtText(
  { text, lessonLinks }: ReadText,
  language: Language,
  { files, lessons, problems }: { readonly files: Sources; readonly lessons: readonly string[] | undefined; readonly problems: Problems },
): void {
  const file = `lesson.${language}.md`;
  for (const { lesson, line } of lessonLinks) {
    if (lessons?.includes(lesson) === false) problems.add(file, line, `there is no lesson ${lesson} in the course`);
  }
  for (const block of codeBlocks(text)) {
    if (block.file !== undefined && !files.has(block.file)) problems.add(file, undefined, `a code block is about ${block.file}, which is not in files/`);
  }
}

function readCheck(folder: FolderFiles, checked: readonly string[], shared: Sources = new Map(), problems: Problems): Sources | undefined {
  if (checked.length === 0) {
    if (folder.has(CHECK_FILE)) problems.add(CHECK_FILE, undefined, "no step of the lesson is checked; remove the file, or add such a step");
    return undefined;
  }
  const source = textFile(folder, CHECK_FILE, MAX_SOURCE_BYTES, problems) ?? "";
  return new Map([[CHECK_FILE, source], ...[...shared].map(([name, module]) => [`shared/${name}`, module] as const)]);
}

function readMistakes(folder: FolderFiles, solution: Sources, { text, stepLines }: ReadText, problems: Problems): Mistake[] {
  const names = [...new Set([...below(folder, "mistakes/").keys()].map((path) => path.split("/")[0]!))].sort();
  if (names.length > MAX_MISTAKES) problems.add("mistakes", undefined, `there are ${names.length} mistakes, and may be at most ${MAX_MISTAKES}`);
  const mistakes = names.slice(0, MAX_MISTAKES).flatMap((name) => {
    const fault = idFault(name);
    if (fault !== undefined) problems.add(`mistakes/${name}`, undefined, `the name of the mistake ${fault}`);
    const changed = sourcesBelow(folder, `mistakes/${name}/`, solution, problems);
    const step = text.steps.find(({ mistakeHints }) => mistakeHints.has(name))?.id;
    if (step !== undefined) return [{ name, files: new Map([...solution, ...changed]), step }];
    problems.add(`mistakes/${name}`, undefined, `no step has a hint for it; write :::hint{mistake="${name}"} into the step that it fails`);
    return [];
  });
  for (const { id, mistakeHints } of text.steps) {
    for (const name of mistakeHints.keys()) {
      if (!names.includes(name))
        problems.add("lesson.en.md", stepLines.get(id), `the step ${id} has a hint for the mistake ${name}, and there is no folder mistakes/${name}`);
    }
  }
  return mistakes;
}

/** Files that nothing reads are there by mistake, often of spelling. */
function lookForStrangers(folder: FolderFiles, problems: Problems): void {
  const known = /^(?:lesson\.json|lesson\.(?:en|ru)\.md|check\.luau|(?:files|solution|pictures)\/.*|mistakes\/[^/]+\/.*)$/;
  for (const path of folder.keys())
    if (!known.test(path)) problems.add(path, undefined, "nothing reads this file; see docs/lesson-format.md for where files stand");
}
