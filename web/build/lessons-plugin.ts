import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, runnerImport } from "vite";
import type { Course } from "../../packages/lessons/src/index.ts";
import { inlineText } from "../src/lessons/inline-text.ts";
import { type CourseEntry, lessonData } from "../src/lessons/lesson-data.ts";

/** The list of courses, and before a lesson's id the lesson. */
const LIST = "virtual:content/lessons";
const LESSON = "virtual:content/lesson/";

type LessonReader = typeof import("../../packages/lessons/src/index.ts");

/**
 * What reads lessons, from its sources and those of the packages that it needs. Imported above, it would become a part of Vite's configuration, which
 * takes packages as they are built: on a fresh clone none is.
 */
async function lessonReader(): Promise<LessonReader> {
  const path = fileURLToPath(new URL("../../packages/lessons/src/index.ts", import.meta.url));
  const { module } = await runnerImport<LessonReader>(path, {
    configFile: false,
    logLevel: "silent",
    environments: { inline: { resolve: { noExternal: [/^@playground\//], conditions: ["@playground/source"] } } },
  });
  return module;
}

/** Before the names of modules that are made, by Rollup's convention: no other plugin touches them then. */
const MADE = "\0";

/**
 * Makes the modules that hold the courses in `folder`: one with the list, one for each lesson, so that a lesson is one request. Their texts
 * are read here, and come as trees. While developing, Vite begins anew when one of their files changes.
 */
export function lessonsPlugin(folder: string): Plugin {
  const paths = new Set<string>();
  const readAll = async (): Promise<ReadonlyMap<string, Course>> => {
    const reader = await lessonReader();
    return new Map(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => [name, courseIn(join(folder, name), paths, reader)]),
    );
  };
  let courses: Promise<ReadonlyMap<string, Course>> | undefined;
  return {
    name: "lessons",
    resolveId: (id) => (id === LIST || id.startsWith(LESSON) ? MADE + id : undefined),
    watchChange(path) {
      if (paths.has(path)) courses = undefined;
    },
    async load(id) {
      if (id !== MADE + LIST && !id.startsWith(MADE + LESSON)) return undefined;
      const all = await (courses ??= readAll());
      for (const path of paths) this.addWatchFile(path);
      if (id === MADE + LIST) return listModule(all);
      const [courseId = "", lessonId = ""] = id.slice((MADE + LESSON).length).split("/");
      const lesson = all.get(courseId)?.lessonsById.get(lessonId);
      if (lesson === undefined) return this.error(`there is no lesson ${courseId}/${lessonId}`);
      return `export default ${JSON.stringify(lessonData(lesson, (bytes) => Buffer.from(bytes).toString("base64")))}`;
    },
  };
}

/** A course's folder, read; the paths of its files are added to `paths`. @throws {Error} which names all that is wrong */
function courseIn(folder: string, paths: Set<string>, { LessonError, problemText, readCourse }: LessonReader): Course {
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
