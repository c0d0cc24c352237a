/** How an address says that a lesson is to be opened: `#lesson=programs-that-talk/a-server-waits&step=number`. */
export const LESSON_HASH = "#lesson=";

/** The setting of a project that names the lesson which it is for, as in addresses. */
export const LESSON_SETTING = "lesson";

/** The setting that names the step to begin with, in a project that was handed on; whoever opens it takes the setting out. */
export const LESSON_STEP_SETTING = "lessonStep";

/** A lesson, perhaps at one of its steps. */
export interface LessonPlace {
  readonly lesson: string;
  readonly step: string | undefined;
}

/** The lesson that an address leads to; undefined when it leads to none. */
export function lessonOfHash(hash: string): LessonPlace | undefined {
  if (!hash.startsWith(LESSON_HASH)) return undefined;
  // A plus in an address elsewhere is one.
  const parameters = new URLSearchParams(hash.slice(1).replaceAll("+", "%2B"));
  return { lesson: parameters.get("lesson") ?? "", step: parameters.get("step") ?? undefined };
}

/** An address that leads to a lesson, in whatever room the reader is. */
export function lessonLink({ lesson, step }: LessonPlace, { origin }: Pick<Location, "origin">): string {
  return `${origin}/${LESSON_HASH}${written(lesson)}${step === undefined ? "" : `&step=${step}`}`;
}

/** What would be taken for a part of the hash itself is escaped; the rest stays as people can read it. */
function written(lesson: string): string {
  return lesson.replaceAll(/[%&#+\s]/g, encodeURIComponent);
}
