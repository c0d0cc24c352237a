import { encodeShare, shareHash } from "@playground/share";
import { LESSON_SETTING, LESSON_STEP_SETTING, type LessonPlace, lessonLink } from "../lessons/lesson-address.ts";
import type { ProjectFile } from "../project/project.ts";

/** What a link says beside the files. */
export interface LinkOptions {
  /** Name of the file that is open. */
  readonly active: string;
  /** One that the reader may join. */
  readonly room?: string | undefined;
  /** The lesson that the files are for. */
  readonly lesson?: LessonPlace | undefined;
  /** Whether they differ from those that the lesson begins with. */
  readonly isChanged?: boolean;
}

/** A link that opens these files in the page of a bridge: where they are those of a lesson, beside it; where nobody has changed those, the lesson alone. */
export function playgroundLink(bridge: string, files: readonly ProjectFile[], { active, room, lesson, isChanged = true }: LinkOptions): string {
  if (lesson !== undefined && !isChanged) return lessonLink(lesson, { origin: bridge });
  const settings = lesson === undefined ? {} : { [LESSON_SETTING]: lesson.lesson, ...(lesson.step !== undefined && { [LESSON_STEP_SETTING]: lesson.step }) };
  const text = encodeShare({ files, ...(active !== "" && { open: active }), ...(lesson !== undefined && { settings }), ...(room !== undefined && { room }) });
  return new URL(shareHash(text), `${bridge}/`).href;
}
