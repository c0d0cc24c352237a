import type { CourseInfo, Language, Lesson, LessonText, LocalText, Sources, Step, StepText } from "@playground/lessons";

/** What the page keeps of a lesson: mistakes are tried where lessons are written, and come here as hints only. */
export type LessonContent = Pick<Lesson, "id" | "minutes" | "title" | "text" | "steps" | "programs" | "open" | "files" | "solution" | "check" | "pictures">;

export function hasStep({ steps }: Pick<LessonContent, "steps">, step: string): boolean {
  return steps.some(({ id }) => id === step);
}

/** A lesson in a course's list, without what it says. */
export interface LessonEntry {
  /** Of its course and itself, as in addresses: `programs-that-talk/a-server-waits`. */
  readonly id: string;
  readonly title: LocalText;
  readonly minutes: number;
  readonly steps: readonly Step[];
  /** Titles of its steps as plain text, by their ids; a list may come without. */
  readonly stepTitles?: Readonly<Record<string, LocalText>>;
}

/** A course in the list of courses. */
export interface CourseEntry extends Pick<CourseInfo, "id" | "title" | "summary"> {
  readonly lessons: readonly LessonEntry[];
}

type Pairs<T> = readonly (readonly [string, T])[];

interface StepData extends Omit<StepText, "mistakeHints"> {
  readonly mistakeHints: Pairs<StepText["hints"][number]>;
}

interface TextData extends Omit<LessonText, "steps"> {
  readonly steps: readonly StepData[];
}

/** A lesson as JSON can carry it. */
export interface LessonData extends Omit<LessonContent, "text" | "files" | "solution" | "check" | "pictures"> {
  readonly text: Readonly<Record<Language, TextData>>;
  readonly files: Pairs<string>;
  readonly solution: Pairs<string>;
  readonly check?: Pairs<string>;
  /** In base64. */
  readonly pictures: Pairs<string>;
}

const textData = ({ steps: stepTexts, ...rest }: LessonText): TextData => ({
  ...rest,
  steps: stepTexts.map((step) => ({ ...step, mistakeHints: [...step.mistakeHints] })),
});

/** Packs a lesson, its texts read and found right, so that the page needs no reader of Markdown. `base64` writes a picture. */
export function lessonData(lesson: Lesson, base64: (bytes: Uint8Array) => string): LessonData {
  const { id, minutes, title, text, steps, programs, open, files, solution, check, pictures } = lesson;
  return {
    id,
    minutes,
    title,
    text: { en: textData(text.en), ru: textData(text.ru) },
    steps,
    programs,
    open,
    files: [...files],
    solution: [...solution],
    ...(check !== undefined && { check: [...check] }),
    pictures: [...pictures].map(([path, bytes]) => [path, base64(bytes)] as const),
  };
}

const textOf = ({ steps, ...rest }: TextData): LessonText => ({
  ...rest,
  steps: steps.map((step) => ({ ...step, mistakeHints: new Map(step.mistakeHints) })),
});

const sources = (pairs: Pairs<string>): Sources => new Map(pairs);

/** Unpacks what `lessonData` has packed. */
export function lessonOf(data: LessonData): LessonContent {
  const { check, ...rest } = data;
  return {
    ...rest,
    text: { en: textOf(data.text.en), ru: textOf(data.text.ru) },
    files: sources(data.files),
    solution: sources(data.solution),
    ...(check !== undefined && { check: sources(check) }),
    pictures: new Map(data.pictures.map(([path, text]) => [path, Uint8Array.from(atob(text), (character) => character.charCodeAt(0))])),
  };
}
