/** Modules that `web/build/lessons-plugin.ts` makes of `lessons/` while the page is built. */
declare module "virtual:content/lessons" {
  /** The courses that come with the page. */
  export const courses: readonly import("./lesson-data.ts").CourseEntry[];
  /** What fetches a lesson, by its id. */
  export const lessons: Readonly<Record<string, () => Promise<{ readonly default: import("./lesson-data.ts").LessonData }>>>;
}
