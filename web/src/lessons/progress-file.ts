import { msg, str } from "@lit/localize";
import { plainText } from "@playground/safe-text";
import type { Progress } from "./lesson-progress.ts";

/** What stands in a file of progress under "format", and the versions that are read. */
const FORMAT = "zone-playground-progress";
const VERSION = 1;

/** Bytes of such a file: that of a hundred long lessons has 100 kB. */
export const MAX_PROGRESS_BYTES = 512 * 1024;
/** Lessons in it: several courses of the longest kind. What is imported stays in the browser, which keeps 5 MB in all. */
const MAX_LESSONS = 300;
/** Passed steps of one lesson: as many as a lesson may have. */
const MAX_STEPS = 20;
/** Characters of a lesson's id, which may be an address, and of a step's. */
const MAX_LESSON_ID_CHARS = 2_000;
const MAX_STEP_ID_CHARS = 40;
/** Characters of a value that an error shows. */
const MAX_SHOWN_CHARS = 60;

/** What a browser has of each lesson, by the lessons' ids. */
export type AllProgress = ReadonlyMap<string, Progress>;

/** Why a file is not one of progress, in the reader's words. */
export class ProgressFileError extends Error {
  override readonly name = "ProgressFileError";
}

/** The file by which progress goes to another browser: JSON, as `docs/lesson-format.md` has it. `name`: the learner's; `now`: ms by `Date.now()`. */
export function progressFile(all: AllProgress, name: string, now: number): string {
  const lessons = Object.fromEntries(
    [...all].map(([id, { step, passed }]) => [
      id,
      { ...(step !== undefined && { step }), passed: Object.fromEntries(Object.entries(passed).map(([passedStep, at]) => [passedStep, isoTime(at)])) },
    ]),
  );
  return `${JSON.stringify({ format: FORMAT, version: VERSION, saved: isoTime(now), ...(name !== "" && { name }), lessons }, undefined, 2)}\n`;
}

/** Reads such a file, which may be anybody's. @throws {ProgressFileError} which says what is wrong with it */
export function readProgressFile(bytes: Uint8Array): AllProgress {
  if (bytes.length > MAX_PROGRESS_BYTES)
    throw new ProgressFileError(msg(str`A file of progress has at most ${MAX_PROGRESS_BYTES / 1024} KB. This is another file.`, { id: "progress-too-large" }));
  let file: unknown;
  try {
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw notProgress();
  }
  if (!isRecord(file) || file["format"] !== FORMAT || !isRecord(file["lessons"])) throw notProgress();
  const { version, lessons } = file;
  if (version !== VERSION)
    throw new ProgressFileError(
      msg(str`The file is of version ${shortened(version)}; this page reads version ${VERSION}. Reload the page, or save the file anew.`, {
        id: "progress-version",
      }),
    );
  const entries = Object.entries(lessons);
  if (entries.length > MAX_LESSONS)
    throw new ProgressFileError(msg(str`The file has too many lessons; the limit is ${MAX_LESSONS}.`, { id: "progress-too-many" }));
  return new Map(entries.map(([id, lesson]) => [id, progressOf(id, lesson)]));
}

function progressOf(id: string, lesson: unknown): Progress {
  if (id === "" || id.length > MAX_LESSON_ID_CHARS || !isRecord(lesson) || !isRecord(lesson["passed"])) throw badEntry(id);
  const { step } = lesson;
  const passed = Object.entries(lesson["passed"]);
  if (passed.length > MAX_STEPS || (step !== undefined && !isStepId(step))) throw badEntry(id);
  return {
    step,
    passed: Object.fromEntries(
      passed.map(([passedStep, at]) => {
        const time = typeof at === "string" ? Date.parse(at) : Number.NaN;
        if (!isStepId(passedStep)) throw badEntry(id);
        if (Number.isNaN(time))
          throw new ProgressFileError(msg(str`The file has no time that can be read in ${shortened(id)}: ${shortened(at)}`, { id: "progress-bad-time" }));
        return [passedStep, time];
      }),
    ),
  };
}

function isStepId(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_STEP_ID_CHARS && /^[a-z0-9-]+$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the storage kept is a time, or whatever somebody else has written. */
function isoTime(at: number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}

function shortened(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return plainText(text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text);
}

function notProgress(): ProgressFileError {
  return new ProgressFileError(msg("This is not a file of progress. Choose the one that “Save as a file” has made.", { id: "progress-not-a-file" }));
}

function badEntry(id: string): ProgressFileError {
  return new ProgressFileError(msg(str`The file is damaged: what it says of the lesson ${shortened(id)} cannot be read.`, { id: "progress-bad-entry" }));
}
