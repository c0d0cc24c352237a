import { type Conditions, type Held, isPlain, type Passage, PLAIN_CONDITIONS } from "@playground/conditions";
import { Model } from "../ui/model.ts";
import type { NetworkControl } from "./worker/messages.ts";

const NOTHING_HELD: Held = { out: { pieces: 0, bytes: 0 }, in: { pieces: 0, bytes: 0 }, streams: [] };

/** What the reader does to the network of one program, on the page's side: it holds for this run and for those after it. */
export class ProgramNetworkControl extends Model {
  readonly #post: (wish: NetworkControl) => void;
  #conditions = PLAIN_CONDITIONS;
  #isPaused = false;
  #isSetAside = false;
  #held = NOTHING_HELD;
  #isRunning = false;
  /** The running program has told that it is paused. */
  #hasPaused = false;
  /** A step has let bytes out of the program: whoever has the other end is to let them in. */
  onPassage: (passage: Passage) => void = () => {};

  /** `post`: how a wish gets to the running program; nothing happens where none runs. */
  constructor(post: (wish: NetworkControl) => void) {
    super();
    this.#post = post;
  }

  get conditions(): Conditions {
    return this.#conditions;
  }

  set conditions(conditions: Conditions) {
    this.#conditions = conditions;
    if (!this.#isSetAside) this.#post({ kind: "conditions", conditions });
    this.changed();
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  set isPaused(isPaused: boolean) {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#hasPaused = false;
    if (!this.#isSetAside) this.#post({ kind: isPaused ? "pause" : "resume" });
    this.changed();
  }

  /** The program runs as if nothing was done to its network; what is chosen, meanwhile too, holds afterwards. */
  get isSetAside(): boolean {
    return this.#isSetAside;
  }

  set isSetAside(isSetAside: boolean) {
    if (isSetAside === this.#isSetAside) return;
    this.#isSetAside = isSetAside;
    this.#hasPaused = false;
    if (!isPlain(this.#conditions)) this.#post({ kind: "conditions", conditions: isSetAside ? PLAIN_CONDITIONS : this.#conditions });
    if (this.#isPaused) this.#post({ kind: isSetAside ? "resume" : "pause" });
    this.changed();
  }

  /** Whether nothing comes through: the wish takes a moment to reach a running program, and longer the first time. */
  get isHolding(): boolean {
    return this.#isPaused && !this.#isSetAside && (this.#hasPaused || !this.#isRunning);
  }

  /** What waits, as the program has last told. */
  get held(): Held {
    return this.#held;
  }

  /** Lets the next delivery through. */
  step(): void {
    this.#post({ kind: "step" });
  }

  /** Lets in what a step has let out elsewhere. */
  letThrough(passage: Passage): void {
    this.#post({ kind: "let-through", passage });
  }

  /** Resets all connections of the program. */
  reset(): void {
    this.#post({ kind: "reset" });
  }

  /** A run is about to start: it begins with what holds. */
  begin(): void {
    this.#isRunning = true;
    this.#hasPaused = false;
    if (this.#isSetAside) return;
    if (!isPlain(this.#conditions)) this.#post({ kind: "conditions", conditions: this.#conditions });
    if (this.#isPaused) this.#post({ kind: "pause" });
  }

  /** The program has told what waits. */
  tell(held: Held, isPaused: boolean): void {
    this.#held = held;
    this.#hasPaused = isPaused;
    this.changed();
  }

  /** The run is over. */
  over(): void {
    this.#isRunning = false;
    this.tell(NOTHING_HELD, false);
  }
}
