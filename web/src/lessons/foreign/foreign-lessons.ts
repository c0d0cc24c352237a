import { type CourseOutline, type Lesson, lessonFileName } from "@playground/lessons";
import { Model } from "../../ui/model.ts";
import type { CourseEntry, LessonContent } from "../lesson-data.ts";
import { addressBeside, folderOf, foreignAddress, isOfThisComputer } from "./foreign-address.ts";
import { KeptLessons } from "./kept-lessons.ts";
import { ForeignLessonError, type OnReceived, type ReadFile, readForeign, watchPreview } from "./read-foreign.ts";

/** A lesson from elsewhere, read and found right. Its id is its whole address, whatever it calls itself: so it is nobody else's. */
export interface ForeignLesson {
  readonly address: string;
  readonly content: LessonContent;
  readonly course: CourseEntry;
  /** The file as it came. */
  readonly text: string;
  /** Its address tells of changes; only one of this computer is believed that. */
  readonly isPreview: boolean;
}

/** What lies at an address. */
export type Fetched = { readonly kind: "lesson"; readonly lesson: ForeignLesson } | { readonly kind: "course"; readonly course: CourseEntry };

/** Lessons from other addresses that the reader has agreed to open: those of this visit, and those that the browser has kept. */
export class ForeignLessons extends Model {
  readonly #kept: KeptLessons;
  readonly #open = new Map<string, ForeignLesson>();
  /** Folders of addresses that the reader has agreed to. */
  readonly #folders = new Set<string>();
  #fault: ForeignLessonError | undefined;
  /** The preview that is followed. */
  #followed: string | undefined;
  #stopWatching: () => void = () => {};

  constructor(kept: KeptLessons = new KeptLessons()) {
    super();
    this.#kept = kept;
  }

  /** Why the newest state of the open preview cannot be shown. */
  get fault(): ForeignLessonError | undefined {
    return this.#fault;
  }

  /** Fetches what lies at an address. @throws {ForeignLessonError} */
  async fetch(lesson: string, options: { readonly onReceived?: OnReceived; readonly signal?: AbortSignal } = {}): Promise<Fetched> {
    const found = foreignAddress(lesson, location);
    if ("fault" in found) throw new ForeignLessonError({ kind: "address", fault: found.fault });
    return fetchedOf(found.address, await readForeign({ type: "fetch", address: found.address }, options));
  }

  /** A lesson that the reader has agreed to open before, as it was then; undefined where there is none, or none that can be read. */
  async kept(address: string): Promise<ForeignLesson | undefined> {
    const open = this.#open.get(address);
    if (open !== undefined) return open;
    const file = await this.#kept.read(address);
    if (file === undefined) return undefined;
    const fetched = await readForeign({ type: "read", text: file.text }).then(
      (read) => fetchedOf(address, read),
      () => undefined,
    );
    if (fetched?.kind !== "lesson") return undefined;
    this.#open.set(address, fetched.lesson);
    return fetched.lesson;
  }

  /** Whether the reader has agreed to a lesson of the same folder before. */
  async isAgreed(lesson: string): Promise<boolean> {
    const found = foreignAddress(lesson, location);
    if ("fault" in found) return false;
    const folder = folderOf(found.address);
    return this.#folders.has(folder) || (await this.#kept.addresses()).some((address) => folderOf(address) === folder);
  }

  /** The reader agrees to a lesson. */
  agree(lesson: ForeignLesson): void {
    this.#folders.add(folderOf(lesson.address));
    this.#open.set(lesson.address, lesson);
    void this.#kept.write(lesson.address, lesson.text);
  }

  /** Follows a preview, until another lesson is followed. `onChanged`: its newest state is here. */
  follow(lesson: ForeignLesson | undefined, onChanged: (lesson: ForeignLesson) => void): void {
    if (lesson?.isPreview === true && lesson.address === this.#followed) return;
    this.#stopWatching();
    this.#stopWatching = () => {};
    this.#followed = undefined;
    this.#tell(undefined);
    if (lesson === undefined || !lesson.isPreview) return;
    this.#followed = lesson.address;
    let isFollowed = true;
    const take = async (): Promise<void> => {
      try {
        const fetched = await this.fetch(lesson.address);
        if (!isFollowed || fetched.kind !== "lesson") return;
        this.#tell(undefined);
        this.agree(fetched.lesson);
        onChanged(fetched.lesson);
      } catch (error) {
        if (isFollowed && error instanceof ForeignLessonError) this.#tell(error);
      }
    };
    const end = watchPreview(lesson.address, () => void take());
    this.#stopWatching = () => {
      isFollowed = false;
      end();
    };
  }

  #tell(fault: ForeignLessonError | undefined): void {
    if (this.#fault === fault) return;
    this.#fault = fault;
    this.changed();
  }
}

function fetchedOf(address: string, { text, content }: ReadFile): Fetched {
  if (content.kind === "course") return { kind: "course", course: courseAt(address, content.course) };
  const { lesson, course, isPreview } = content;
  return {
    kind: "lesson",
    lesson: {
      address,
      text,
      content: lesson,
      course: course === undefined ? courseOfOne(address, lesson) : courseAt(address, course, lesson.id),
      isPreview: isPreview && isOfThisComputer(address),
    },
  };
}

/** A course, its lessons by their addresses beside. The one that was opened has the address by which that was done. */
function courseAt(address: string, { id, title, summary, lessons }: CourseOutline, opened?: string): CourseEntry {
  return {
    id,
    title,
    summary,
    lessons: lessons.map((lesson) => ({
      id: lesson.id === opened ? address : addressBeside(address, lessonFileName(lesson.id)),
      title: lesson.title,
      minutes: lesson.minutes,
      steps: lesson.steps.map((step) => ({ id: step, kind: "check" })),
    })),
  };
}

/** A lesson that stands alone is a course of one. */
function courseOfOne(address: string, { title, minutes, steps }: Lesson): CourseEntry {
  return { id: "", title, summary: { en: "", ru: "" }, lessons: [{ id: address, title, minutes, steps }] };
}
