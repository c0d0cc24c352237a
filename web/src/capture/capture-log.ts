import type { Capture, CapturedRun, CaptureEvent, CaptureOptions, RunId } from "@playground/capture";
import { sharedNow } from "../log/shared-clock.ts";
import { Model } from "../ui/model.ts";
import type { CapturedProgram, CaptureKeeper } from "./captured-program.ts";
import { loadCapture } from "./load-capture.ts";
import { SavedCapture } from "./saved-capture.ts";
import { WaitingEvents, type WaitingRun } from "./waiting-events.ts";

/**
 * What the programs of the page did on the network. Whoever wants to see it loads the capture; until then the events wait, within
 * the same limits, so that it shows what has happened before. Tells of changes at most once a frame of the display. In its place a saved
 * capture can be shown, until programs run.
 */
export class CaptureLog extends Model implements CaptureKeeper {
  readonly saved = new SavedCapture();
  readonly #options: CaptureOptions;
  readonly #load: typeof loadCapture;
  readonly #waiting = new WaitingEvents();
  /** The names by which the capture knows runs that began before it was there. */
  readonly #ids = new WeakMap<WaitingRun, RunId>();
  #capture: Capture | undefined;
  #loading: Promise<Capture> | undefined;
  #isTelling = false;

  constructor(options: CaptureOptions, load: typeof loadCapture = loadCapture) {
    super();
    this.#options = options;
    this.#load = load;
  }

  /** The one that is shown: the saved one while it is, else the live one. Undefined until somebody has loaded it. */
  get capture(): Capture | undefined {
    return this.saved.isShown ? this.saved.capture : this.#capture;
  }

  /** Whether there is anything in it. */
  get isEmpty(): boolean {
    if (this.saved.isShown) return false;
    return this.#capture === undefined ? this.#waiting.isEmpty : this.#capture.kept.events === 0;
  }

  /** What is in the one that is shown. Rejects as `load` does. */
  async shownRuns(): Promise<readonly CapturedRun[]> {
    return (this.saved.isShown ? this.saved.capture : undefined)?.runs ?? (await this.load()).runs;
  }

  /** Shows the capture that came with a shared project. Rejects where what reads it cannot be had. */
  async showShared(text: string): Promise<void> {
    const origin = { kind: "link" } as const;
    this.saved.announce(origin);
    const part = await this.#load();
    // Another project may have been opened meanwhile.
    if (this.saved.origin !== origin) return;
    try {
      this.saved.open(origin, part.captureOfText(text));
    } catch (error) {
      if (!(error instanceof part.CaptureError)) throw error;
      this.saved.fail(error.code);
    }
  }

  /** The live capture, with all that waited for it. Rejects where it cannot be had; the next call tries again. */
  load(): Promise<Capture> {
    this.#loading ??= this.#load().then(
      (part) => this.#fill(new part.Capture(this.#options)),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  beginRun(file: string): CapturedProgram {
    this.saved.setAside();
    const at = sharedNow();
    const run = this.#capture === undefined ? this.#waiting.beginRun(file, at) : { file, at };
    if (this.#capture !== undefined) this.#ids.set(run, this.#capture.beginRun(file, at));
    let isOver = false;
    return {
      add: (events) => {
        isOver ||= events.some((event) => event.type === "program" && event.state !== "started");
        this.#add(run, events);
      },
      rename: (name) => this.#rename(run, name),
      end: (state) => {
        if (isOver) return;
        isOver = true;
        this.#add(run, [{ type: "program", at: sharedNow(), state }]);
      },
    };
  }

  /** Forgets what happened live. Programs that run go on being captured. */
  clear(): void {
    this.#waiting.clear();
    this.#capture?.clear();
    this.#tell();
  }

  #add(run: WaitingRun, events: readonly CaptureEvent[]): void {
    const id = this.#ids.get(run);
    if (id === undefined) this.#waiting.add(run, events);
    else this.#capture?.add(id, events);
    this.#tell();
  }

  #rename(run: WaitingRun, file: string): void {
    run.file = file;
    const id = this.#ids.get(run);
    if (id !== undefined) this.#capture?.rename(id, file);
    this.#tell();
  }

  #fill(capture: Capture): Capture {
    const { runs, batches } = this.#waiting.take();
    for (const run of runs) this.#ids.set(run, capture.beginRun(run.file, run.at));
    for (const { run, events } of batches) {
      const id = this.#ids.get(run);
      if (id !== undefined) capture.add(id, events);
    }
    this.#capture = capture;
    this.#tell();
    return capture;
  }

  /** A hidden page has no frames; it hears of everything once it is shown. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    requestAnimationFrame(() => {
      this.#isTelling = false;
      this.changed();
    });
  }
}
