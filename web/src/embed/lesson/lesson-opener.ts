import { msg, str } from "@lit/localize";
import { html, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { ElementFiles } from "../element-files.ts";
import type { ElementParts } from "../element-parts.ts";
import type { ShownExchange } from "../../network-view/shown-exchange.ts";
import "../embed-output.ts";
import { ElementLesson, type LessonElement } from "./element-lesson.ts";
import { lessonLayout } from "./lesson-layout.ts";
import { notLoaded, renderLessonProblem } from "./lesson-problem.ts";

/** An element that may have a lesson. */
export type LessonHost = ReactiveControllerHost &
  HTMLElement &
  Pick<LessonElement, "run" | "stop" | "openFile"> & {
    lesson: string | undefined;
    step: string | undefined;
    readonly renderRoot: HTMLElement | DocumentFragment;
  };

/** What the element does for its lesson. */
export interface LessonOptions extends Pick<LessonElement, "bridge" | "reachBridge"> {
  readonly files: ElementFiles;
  readonly parts: () => ElementParts;
  /** Shows a file, perhaps at a line. */
  openSource(event: CustomEvent<{ file: string; line?: number }>): Promise<void>;
}

/** Why there is no lesson where there should be one. */
type Problem = { readonly code: "lesson-unknown" } | { readonly code: "lesson-not-loaded"; readonly reason: string };

/** Opens the lesson that an element's attributes name, follows them, and draws it. */
export class LessonOpener {
  readonly #host: LessonHost;
  readonly #options: LessonOptions;
  #lesson: ElementLesson;
  #isShown = false;
  #problem: Problem | undefined;
  /** The attributes as they were followed last. */
  #seen: { readonly lesson: string; readonly step: string | undefined } = { lesson: "", step: undefined };
  /** What opens them, one after the other. */
  #opening: Promise<void> = Promise.resolve();
  #isOpening = false;
  /** The lesson that the page has heard of. */
  #told = "";

  constructor(host: LessonHost, options: LessonOptions) {
    this.#host = host;
    this.#options = options;
    const { files, parts, bridge, reachBridge } = options;
    this.#lesson = new ElementLesson({
      bridge,
      reachBridge,
      fire: (type, detail) => this.#fire(type, detail),
      runtime: () => parts().runtime,
      run: (name) => host.run(name),
      stop: (name) => host.stop(name),
      openFile: (name) => host.openFile(name),
      showFiles: (shown, begins) => {
        files.follow(shown);
        if (begins) parts().editor?.begin();
      },
      showStart: (start) => files.begin(start),
      showsLesson: (lesson) => this.#showsLesson(lesson),
      changed: () => host.requestUpdate(),
    });
    const root = host.renderRoot as ShadowRoot;
    const { styleSheet } = lessonLayout;
    if (styleSheet !== undefined && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
    root.addEventListener("keydown", this.#key);
  }

  /** Undefined until the lesson is shown that the attributes name. */
  get lesson(): ElementLesson | undefined {
    return this.#isShown ? this.#lesson : undefined;
  }

  /** Opens what the attributes name, where that has changed. Resolves once it is shown or cannot be; of several wishes the last counts. */
  follow(): Promise<void> {
    // An attribute that is taken away leaves null.
    const lesson = this.#host.lesson ?? "";
    const step = this.#host.step ?? undefined;
    if (lesson !== this.#seen.lesson || step !== this.#seen.step) {
      const wish = { lesson, step };
      this.#seen = wish;
      this.#opening = this.#opening.then(() => (this.#seen === wish ? this.#open(wish) : undefined));
    }
    return this.#opening;
  }

  render(): TemplateResult {
    if (this.#problem !== undefined) return renderLessonProblem(this.#problemText(this.#problem));
    const lesson = this.#lesson;
    return html`
      <zp-lesson .page=${lesson} .lessons=${lesson.lessons} @open-source=${(event: CustomEvent<{ file: string; line?: number }>) => void this.#options.openSource(event)} @show-exchange=${this.#showExchange}></zp-lesson>
      ${
        lesson.library.isLasting
          ? ""
          : html`<p class="not-kept" role="status" data-testid="not-kept">${msg("This browser keeps nothing for this page: your code and what you have passed last until you leave it.", { id: "embed-lesson-not-kept" })}</p>`
      }`;
  }

  /** Keeps the code, and lets go of the lesson for good. */
  release(): void {
    this.#isShown = false;
    this.#seen = { lesson: "", step: undefined };
    this.#lesson.close();
    this.#host.renderRoot.removeEventListener("keydown", this.#key);
  }

  async #open(wish: { readonly lesson: string; readonly step: string | undefined }): Promise<void> {
    this.#problem = undefined;
    if (wish.lesson === "") {
      this.#isShown = false;
      this.#told = "";
      this.#lesson.leave();
      this.#options.files.release();
      return;
    }
    this.#isOpening = true;
    try {
      const opened = await this.#lesson.open(wish);
      if (this.#seen !== wish) return;
      this.#isShown = opened === "shown";
      if (opened === "shown") this.#tellOpened();
      if (opened === "unknown") this.#fail({ code: "lesson-unknown" });
      else if (opened !== "shown") throw opened.failure;
    } catch (error) {
      this.#fail({ code: "lesson-not-loaded", reason: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#isOpening = false;
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }

  #fail(problem: Problem): void {
    this.#isShown = false;
    this.#problem = problem;
    this.#fire("error", { code: problem.code, message: this.#problemText(problem) });
  }

  #problemText(problem: Problem): string {
    const { lesson } = this.#seen;
    if (problem.code === "lesson-not-loaded") return notLoaded(lesson, problem.reason);
    return msg(str`The page names the lesson "${lesson}", which the bridge at ${this.#options.bridge()} does not have.`, { id: "embed-lesson-unknown" });
  }

  /** The reader has gone on to another lesson: the attributes follow. */
  #showsLesson(lesson: string): void {
    if (this.#isOpening || lesson === this.#host.lesson) return;
    this.#seen = { lesson, step: undefined };
    this.#host.lesson = lesson;
    this.#host.step = undefined;
    this.#tellOpened();
  }

  /** Says that a lesson is shown; another step of it is none. */
  #tellOpened(): void {
    const { lesson } = this.#seen;
    if (lesson === this.#told) return;
    this.#told = lesson;
    this.#fire("lesson-opened", this.#lesson.place ?? {});
  }

  /** Part of what the programs did on the network is to be looked at, and perhaps one item of it. */
  readonly #showExchange = ({ detail }: CustomEvent<{ exchange: ShownExchange; item?: number }>): void =>
    void this.#host.renderRoot.querySelector("zp-embed-output")?.showExchange(detail.exchange, detail.item);

  #fire(type: string, detail: object): void {
    this.#host.dispatchEvent(new CustomEvent(type, { detail }));
  }

  readonly #key = (event: Event): void => this.#lesson.commands.handleKey(event as KeyboardEvent);
}
