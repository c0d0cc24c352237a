import { persistent, type SafeStorage } from "../storage/safe-storage.ts";

const STORAGE_KEY = "zone-playground:lesson:";

/** What a reader has done in a lesson. */
export interface Progress {
  /** Id of the step where the reader is. */
  readonly step: string | undefined;
  /** When steps were passed, milliseconds by `Date.now()`, by their id. What was passed once stays passed. */
  readonly passed: Readonly<Record<string, number>>;
}

/** What this browser keeps of the reader's progress, lesson by lesson. Where it keeps nothing, a lesson begins anew with each visit. */
export class LessonProgress {
  readonly #storage: SafeStorage;
  /** What could not be kept serves for as long as the page is open. */
  readonly #here = new Map<string, string>();

  constructor(storage: SafeStorage = persistent) {
    this.#storage = storage;
  }

  of(lesson: string): Progress {
    return progressOf(this.#storage.read(STORAGE_KEY + lesson) ?? this.#here.get(lesson));
  }

  /** The reader goes to a step. */
  goTo(lesson: string, step: string): void {
    this.#write(lesson, { ...this.of(lesson), step });
  }

  /** Steps have been passed now. */
  pass(lesson: string, steps: readonly string[], now: number = Date.now()): void {
    const { step, passed } = this.of(lesson);
    this.#write(lesson, { step, passed: { ...Object.fromEntries(steps.map((id) => [id, now])), ...passed } });
  }

  /** Everything that is kept, by the lessons' ids; lessons in which nothing was done are not among them. */
  all(): ReadonlyMap<string, Progress> {
    const kept = this.#storage.keys().flatMap((key) => (key.startsWith(STORAGE_KEY) ? [key.slice(STORAGE_KEY.length)] : []));
    const all = [...new Set([...kept, ...this.#here.keys()])].map((lesson) => [lesson, this.of(lesson)] as const);
    return new Map(all.filter(([, { step, passed }]) => step !== undefined || Object.keys(passed).length > 0));
  }

  /** Takes in what was done elsewhere. What is passed here stays as it is; where the reader is here too, if there is a place. Gives the number of steps that are passed now and were not before. */
  merge(other: ReadonlyMap<string, Progress>): number {
    let count = 0;
    for (const [lesson, { step, passed }] of other) {
      const own = this.of(lesson);
      count += Object.keys(passed).filter((id) => !Object.hasOwn(own.passed, id)).length;
      this.#write(lesson, { step: own.step ?? step, passed: { ...passed, ...own.passed } });
    }
    return count;
  }

  #write(lesson: string, progress: Progress): void {
    const text = JSON.stringify(progress);
    if (this.#storage.write(STORAGE_KEY + lesson, text)) this.#here.delete(lesson);
    else this.#here.set(lesson, text);
  }
}

/** What was kept, as far as it can be read: other versions of the page may have written it. */
function progressOf(text: string | undefined): Progress {
  try {
    const kept: unknown = JSON.parse(text ?? "{}");
    if (typeof kept !== "object" || kept === null) return NOTHING;
    const { step, passed } = kept as Record<string, unknown>;
    const entries = typeof passed === "object" && passed !== null ? Object.entries(passed) : [];
    return {
      step: typeof step === "string" ? step : undefined,
      passed: bare(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number")),
    };
  } catch {
    return NOTHING;
  }
}

/** Numbers by their names, and nothing that every object has: a step may be called "constructor". */
function bare(entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  return Object.assign(Object.create(null) as Record<string, number>, Object.fromEntries(entries));
}

const NOTHING: Progress = { step: undefined, passed: bare([]) };
