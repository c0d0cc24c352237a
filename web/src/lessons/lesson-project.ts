import { newStoredProject, type StoredProject } from "../library/stored-project.ts";
import { currentLocale } from "../locale/locale.ts";
import { NEW_PROJECT_SETTINGS } from "../project/project-settings.ts";
import { LESSON_SETTING } from "./lesson-address.ts";
import type { LessonContent } from "./lesson-data.ts";

/** Before a lesson's id in its project's. */
const PROJECT_PREFIX = "lesson-";

/** The id of the project that a lesson has in the library: one for each lesson, so that whoever comes back goes on. */
export function projectIdOf(lesson: string): string {
  return PROJECT_PREFIX + lesson;
}

/** The lesson whose own project this is. */
export function lessonOfProjectId(id: string): string | undefined {
  return id.startsWith(PROJECT_PREFIX) ? id.slice(PROJECT_PREFIX.length) : undefined;
}

/** A lesson's project as it begins. */
export function lessonProject(id: string, { title, files, programs, open }: LessonContent, room: string): StoredProject {
  const stored = newStoredProject({
    title: title[currentLocale()],
    files: [...files].map(([name, source]) => ({ name, source, isProgram: programs.includes(name) })),
    active: open,
    settings: { ...NEW_PROJECT_SETTINGS, [LESSON_SETTING]: id },
    room,
  });
  return { ...stored, id: projectIdOf(id) };
}
