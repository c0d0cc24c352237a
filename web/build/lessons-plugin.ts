import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Plugin } from "vite";
import { type Course, LessonError, problemText, readCourse } from "../../packages/lessons/src/index.ts";
import { inlineText } from "../src/lessons/inline-text.ts";
import { type CourseEntry, lessonData } from "../src/lessons/lesson-data.ts";

/** The list of courses, and before a lesson's id the lesson. */
const LIST = "virtual:content/lessons";
const LESSON = "virtual:content/lesson/";

/** Before the names of modules that are made, by Rollup's convention: no other plugin touches them then. */
const MADE = "\0";

/**
 * Makes the modules that hold the courses in `folder`: one with the list, one for each lesson, so that a lesson is one request. Their texts
 * are read here, and come as trees. While developing, Vite begins anew when one of their files changes.
 */
export function lessonsPlugin(folder: string): Plugin {
  const paths = new Set<string>();
  const readAll = (): ReadonlyMap<string, Course> =>
    new Map(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => [name, courseIn(join(folder, name), paths)]),
    );
  let courses: ReadonlyMap<string, Course> | undefined;
  return {
    name: "lessons",
    resolveId: (id) => (id === LIST || id.startsWith(LESSON) ? MADE + id : undefined),
    watchChange(path) {
      if (paths.has(path)) courses = undefined;
    },
    load(id) {
      if (id !== MADE + LIST && !id.startsWith(MADE + LESSON)) return undefined;
      courses ??= readAll();
      for (const path of paths) this.addWatchFile(path);
      if (id === MADE + LIST) return listModule(courses);
      const [courseId = "", lessonId = ""] = id.slice((MADE + LESSON).length).split("/");
      const lesson = courses.get(courseId)?.lessonsById.get(lessonId);
      if (lesson === undefined) return this.error(`there is no lesson ${courseId}/${lessonId}`);
      return `export default ${JSON.stringify(lessonData(lesson, (bytes) => Buffer.from(bytes).toString("base64")))}`;
    },
  };
}

/** A course's folder, read; the paths of its files are added to `paths`. @throws {Error} which names all that is wrong */
function courseIn(folder: string, paths: Set<string>): Course {
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath, entry.name);
    paths.add(path);
    files.set(relative(folder, path).split(sep).join("/"), new Uint8Array(readFileSync(path)));
  }
  try {
    return readCourse(files);
  } catch (error) {
    if (error instanceof LessonError) throw new Error(`${folder}: ${error.problems.map(problemText).join("; ")}`, { cause: error });
    throw error;
  }
}

function listModule(courses: ReadonlyMap<string, Course>): string {
  const list = [...courses].map(([id, { title, summary, lessonsById }]): CourseEntry => ({
    id,
    title,
    summary,
    lessons: [...lessonsById].map(([lesson, { title: name, minutes, steps, text }]) => ({
      id: `${id}/${lesson}`,
      title: name,
      minutes,
      steps,
      stepTitles: Object.fromEntries(
        text.en.steps.map((step, index) => [step.id, { en: inlineText(step.title), ru: inlineText(text.ru.steps[index]?.title ?? []) }]),
      ),
    })),
  }));
  const loads = list.flatMap(({ lessons }) => lessons.map(({ id }) => `${JSON.stringify(id)}: () => import(${JSON.stringify(LESSON + id)})`));
  return `export const courses = ${JSON.stringify(list)};\nexport const lessons = {${loads.join(",\n")}};`;
}
