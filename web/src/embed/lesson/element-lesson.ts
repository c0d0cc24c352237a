import { newStoredProject, type StoredProject } from "../../library/stored-project.ts";
import { foreignFaultText } from "../../lessons/foreign/fault-text.ts";
import { ForeignLessonError } from "../../lessons/foreign/read-foreign.ts";
import type { LessonPlace } from "../../lessons/lesson-address.ts";
import { Lessons } from "../../lessons/lessons-part.ts";
import type { LessonsPage } from "../../lessons/lessons-page.ts";
import type { OpenLesson } from "../../lessons/open-lesson.ts";
import { Project, type ProjectFile } from "../../project/project.ts";
import { Commands } from "../../ui/commands.ts";
import { whenChanged } from "../../ui/when-changed.ts";
import { chosenFiles } from "../inline-files.ts";
import type { EmbedRuntime } from "../runtime.ts";
import { LessonLibrary } from "./lesson-library.ts";

/** Milliseconds that a lesson whose text is here may take to be unpacked. */
const UNPACK_LIMIT_MS = 10_000;

/** What is there while no lesson is open. */
const NOTHING: readonly ProjectFile[] = [{ name: "main.luau", source: "", isProgram: true }];

/** What a lesson needs of the element that it is in. */
export interface LessonElement {
  /** Origin of the bridge, and of the playground. */
  bridge(): string;
  /** Programs and session, once they are loaded. */
  runtime(): EmbedRuntime | undefined;
  run(name?: string): Promise<void>;
  stop(name?: string): Promise<void>;
  /** Loads what runs programs, and opens the session; `again` is called where the reader has to give a password first. False where there is no bridge, as the element says then. */
  reachBridge(again: () => void): Promise<boolean>;
  /** The files are others, or have other sources; `begins`: those of another lesson. */
  showFiles(files: readonly ProjectFile[], begins: boolean): void;
  /** Those that the lesson begins with are known. */
  showStart(files: readonly ProjectFile[]): void;
  openFile(name: string): void;
  /** The reader has gone on to this lesson, or it is the one that was wanted. */
  showsLesson(lesson: string): void;
  fire(type: string, detail: object): void;
  /** Draws the element anew. */
  changed(): void;
}

/** Whether an open lesson is shown, or why not. */
export type Opened = "shown" | "unknown" | { readonly failure: unknown };

/** A lesson in `<zone-playground>`: what the playground is to its lessons, this is to those of an element. */
export class ElementLesson implements LessonsPage {
  readonly room = "";
  readonly project = new Project(NOTHING);
  readonly library = new LessonLibrary(this.project);
  readonly commands = new Commands();
  readonly lateParts = { fetch: <T>(load: () => Promise<T>): Promise<T | undefined> => this.#fetch(load) };
  readonly programs: LessonsPage["programs"];
  readonly lessons: Lessons;
  readonly #element: LessonElement;
  #shown: OpenLesson | undefined;
  /** The file that the element was told to show, or has shown. */
  #active = "";
  /** Another lesson's files are on their way to the element. */
  #begins = false;
  #failure: unknown;

  constructor(element: LessonElement) {
    this.#element = element;
    this.programs = {
      get: (name) => element.runtime()?.programs.get(name),
      run: (name) => element.run(name).catch(() => {}),
      stop: (name) => element.stop(name),
    };
    this.lessons = new Lessons(this);
    this.project.subscribe(() => this.#projectChanged());
    this.library.subscribe(() => element.changed());
    this.lessons.subscribe(() => this.#lessonChanged());
  }

  get playground(): string {
    return this.#element.bridge();
  }

  get session(): EmbedRuntime["session"] {
    return this.#runtime.session;
  }

  get presence(): EmbedRuntime["presence"] {
    return this.#runtime.presence;
  }

  get examiners(): EmbedRuntime["examiners"] {
    return this.#runtime.examiners;
  }

  get captureLog(): LessonsPage["captureLog"] {
    return this.#element.runtime()?.recorder?.captureLog;
  }

  get timeControl(): LessonsPage["timeControl"] {
    const { recorder } = this.#runtime;
    // Programs of a lesson are recorded, and what does that is there once the bridge was reached.
    if (recorder === undefined) throw new Error("what records the programs of the element is not loaded yet");
    return recorder.timeControl;
  }

  get roomPassword(): string | undefined {
    return this.#runtime.roomPassword;
  }

  /** Steps of the open lesson that are passed, also those that were before. */
  get passedSteps(): string[] {
    const lesson = this.lessons.current;
    return lesson?.content.steps.map(({ id }) => id).filter((step) => lesson.isPassed(step)) ?? [];
  }

  /** The open lesson and the step that the reader is at. */
  get place(): LessonPlace | undefined {
    const { current } = this.lessons;
    return current === undefined ? undefined : { lesson: current.id, step: current.step?.id };
  }

  /** Opens a lesson, with the reader's code if there is some. */
  async open(place: LessonPlace): Promise<Opened> {
    this.#failure = undefined;
    if (!this.lessons.has(place.lesson)) return "unknown";
    try {
      const isOpen = await this.lessons.open(place);
      // The one before went when this one's project was opened.
      const isHere = (): boolean => this.lessons.current !== undefined;
      if (isOpen && !isHere()) await whenChanged(this.lessons, isHere, UNPACK_LIMIT_MS);
      if (isOpen && isHere()) return "shown";
    } catch (error) {
      if (!(error instanceof ForeignLessonError)) throw error;
      this.#failure = new Error(foreignFaultText(error.fault));
    }
    return { failure: this.#failure ?? new Error("there is no lesson at this address") };
  }

  reachBridge(): Promise<boolean> {
    return this.#element.reachBridge(() => void this.lessons.current?.runCheck()).catch(() => false);
  }

  openProject(stored: StoredProject): Promise<void> {
    this.#element.runtime()?.programs.clear();
    this.#begins = true;
    this.library.open(stored);
    return Promise.resolve();
  }

  edit(name: string, source: string): void {
    this.#element.runtime()?.programs.edited(name);
    this.project.edit(name, source);
    this.#element.fire("change", { name, source });
  }

  passed(what: { readonly lesson: string; readonly step?: string }): void {
    this.#element.fire(what.step === undefined ? "lesson-passed" : "step-passed", what);
  }

  /** The reader has changed a file in the element's editor. */
  edited(name: string, source: string): void {
    this.project.edit(name, source);
  }

  /** Puts other files in the place of the reader's, which stay as they are kept. */
  set(given: readonly ProjectFile[]): void {
    const files = chosenFiles(given);
    this.library.putAside();
    if (files.length > 0) this.project.replace({ files, active: this.project.active, settings: this.project.settings }, false);
  }

  /** Begins again with the lesson's own files; undo in the editor takes it back. */
  startAgain(): void {
    const start = this.#startOf(this.lessons.current);
    const { active, settings } = this.project;
    const before = this.project.files;
    this.project.replace({ files: start, active, settings }, false);
    for (const { name, source } of start) {
      if (source !== before.find((file) => file.name === name)?.source) this.#element.fire("change", { name, source });
    }
  }

  /** Another file is shown. */
  showed(name: string): void {
    this.#active = name;
    this.project.open(name);
  }

  /** Keeps the code, and shows no lesson any more. */
  leave(): void {
    void this.openProject(newStoredProject({ files: NOTHING }));
  }

  /** Keeps the code and ends what goes on, for good. */
  close(): void {
    this.lessons.current?.check.stop();
    this.library.close();
  }

  get #runtime(): EmbedRuntime {
    const runtime = this.#element.runtime();
    if (runtime === undefined) throw new Error("the programs of the element are not loaded yet");
    return runtime;
  }

  async #fetch<T>(load: () => Promise<T>): Promise<T | undefined> {
    try {
      return await load();
    } catch (error) {
      this.#failure = error;
      return undefined;
    }
  }

  #projectChanged(): void {
    const { files, active } = this.project;
    const begins = this.#begins;
    this.#begins = false;
    this.#element.showFiles([...files], begins);
    if (!begins && active === this.#active) return;
    this.#active = active;
    this.#element.openFile(active);
  }

  #lessonChanged(): void {
    const { current } = this.lessons;
    if (current !== undefined && current !== this.#shown) {
      this.#element.showStart(this.#startOf(current));
      this.#element.showsLesson(current.id);
    }
    this.#shown = current;
    this.#element.changed();
  }

  #startOf(lesson: OpenLesson | undefined): ProjectFile[] {
    const { files = [], programs = [] } = lesson?.content ?? {};
    return [...files].map(([name, source]) => ({ name, source, isProgram: programs.includes(name) }));
  }
}
