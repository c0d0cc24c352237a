import { msg, str } from "@lit/localize";
import { counted } from "../locale/counted.ts";
import { currentLocale } from "../locale/locale.ts";
import { perLocale } from "../locale/per-locale.ts";
import type { CourseEntry, LessonEntry } from "./lesson-data.ts";
import type { Progress } from "./lesson-progress.ts";
import type { AllProgress } from "./progress-file.ts";

/** A lesson of which something is passed. */
export interface ReportedLesson {
  readonly id: string;
  readonly title: string;
  /** How much of it is passed, in words. */
  readonly state: string;
  readonly isDone: boolean;
  /** What is passed, in the lesson's order; `at`: ms by `Date.now()`. */
  readonly steps: readonly { readonly title: string; readonly at: number }[];
}

/** What is passed, course by course, in the reader's language. */
export interface ReportedCourse {
  /** Undefined for lessons that are in no course of this page. */
  readonly title: string | undefined;
  readonly state: string;
  readonly lessons: readonly ReportedLesson[];
}

/** What of the courses is passed, and what is passed besides. Courses in which nothing is passed are not among them. */
export function progressReport(courses: readonly CourseEntry[], all: AllProgress): ReportedCourse[] {
  const language = currentLocale();
  const left = new Map(all);
  const report = courses.map(({ title, lessons }): ReportedCourse => {
    const reported = lessons.flatMap((lesson) => {
      const progress = left.get(lesson.id);
      left.delete(lesson.id);
      return reportedLesson(lesson.id, progress, lesson);
    });
    const done = reported.filter(({ isDone }) => isDone).length;
    return { title: title[language], state: msg(str`Lessons done: ${done} of ${lessons.length}`, { id: "progress-lessons-done" }), lessons: reported };
  });
  const others = [...left].flatMap(([id, progress]) => reportedLesson(id, progress));
  return [...report, { title: undefined, state: "", lessons: others }].filter(({ lessons }) => lessons.length > 0);
}

function reportedLesson(id: string, progress: Progress | undefined, entry?: LessonEntry): ReportedLesson[] {
  const passed = Object.entries(progress?.passed ?? {});
  if (passed.length === 0) return [];
  const language = currentLocale();
  const order = entry?.steps.map((step) => step.id) ?? [];
  const place = (step: string): number => (order.includes(step) ? order.indexOf(step) : order.length);
  const steps = passed.sort(([one], [other]) => place(one) - place(other)).map(([step, at]) => ({ title: entry?.stepTitles?.[step]?.[language] ?? step, at }));
  const toPass = entry?.steps.filter(({ kind }) => kind !== "read").map((step) => step.id);
  const count = passed.length;
  const isDone = toPass?.every((step) => progress?.passed[step] !== undefined) ?? false;
  const state = isDone
    ? msg("done", { id: "lesson-done" })
    : toPass === undefined
      ? counted(count, msg("# step|# steps", { id: "progress-steps" }))
      : msg(str`passed: ${toPass.filter((step) => progress?.passed[step] !== undefined).length} of ${toPass.length}`, { id: "lesson-steps-done" });
  return [{ id, title: entry?.title[language] ?? id, state, isDone, steps }];
}

const times = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }));

/** A day with its time, where the reader is; `at`: ms by `Date.now()`. */
export function dayText(at: number): string {
  return Math.abs(at) <= MAX_TIME_MS ? times().format(at) : "?";
}

/** Milliseconds from 1970 that a date can have, by ECMAScript. */
const MAX_TIME_MS = 8.64e15;

/** What a reader of the report should know of it. */
export function reportNote(): string {
  return msg("This was written by the learner’s own browser: it is the learner’s word, and no proof.", { id: "progress-no-proof" });
}

/** The report as a page of its own, which any browser shows and prints. `name`: the learner's, may be empty. */
export function reportPage(report: readonly ReportedCourse[], name: string, now: number): string {
  const title = msg("My progress", { id: "progress" });
  const lesson = ({ title: lessonTitle, state, steps }: ReportedLesson): string =>
    `<h3>${escaped(lessonTitle)} <small>${escaped(state)}</small></h3>\n<table>\n${steps
      .map((step) => `<tr><th scope="row">${escaped(step.title)}</th><td>${escaped(dayText(step.at))}</td></tr>`)
      .join("\n")}\n</table>`;
  const course = ({ title: courseTitle, state, lessons }: ReportedCourse): string =>
    `<section>\n<h2>${escaped(courseTitle ?? otherLessons())}</h2>\n${state === "" ? "" : `<p>${escaped(state)}</p>\n`}${lessons.map(lesson).join("\n")}\n</section>`;
  return `<!doctype html>
<html lang="${currentLocale()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(name === "" ? title : `${title}: ${name}`)}</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h3 { margin: 1.2rem 0 0.3rem; font-size: 1rem; }
small { font-weight: 400; }
table { width: 100%; border-collapse: collapse; }
tr { break-inside: avoid; }
th, td { padding: 0.2rem 0; border-bottom: 1px solid #8886; font-weight: 400; text-align: start; overflow-wrap: anywhere; }
td { width: 13rem; text-align: end; }
@media print { body { margin: 0; font-size: 11pt; } }
</style>
<h1>${escaped(title)}</h1>
<p>${name === "" ? "" : `<strong>${escaped(name)}</strong><br>`}${escaped(dayText(now))}</p>
${report.map(course).join("\n")}
<p><small>${escaped(reportNote())}</small></p>
</html>
`;
}

/** Above lessons that are in no course of the page. */
export function otherLessons(): string {
  return msg("Other lessons", { id: "progress-other-lessons" });
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
