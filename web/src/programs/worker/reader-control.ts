import type { ControlEvent } from "@playground/capture";
import { ConditionControl, directionText, withConditions } from "@playground/conditions";
import type { ConditionedNetwork } from "@playground/conditions/gate";
import type { Network } from "@playground/network";
import type { NetworkControl, WorkerMessage } from "./messages.ts";
import { workerClock } from "./worker-clock.ts";

/** Milliseconds between two words to the page about what waits: as often as one sees a number change. */
const HELD_REPORT_MS = 100;

/** What the reader does to the network of this worker's program. */
export class ReaderControl {
  readonly #post: (message: WorkerMessage) => void;
  readonly #record: (control: ControlEvent["control"]) => void;
  readonly #clock = workerClock();
  readonly #control: ConditionControl;
  #reportTimer: number | undefined;

  /** `record`: hears what the reader has done, for the capture. */
  constructor(post: (message: WorkerMessage) => void, record: (control: ControlEvent["control"]) => void) {
    this.#post = post;
    this.#record = record;
    this.#control = new ConditionControl({
      clock: this.#clock,
      epoch: performance.timeOrigin,
      onHeldChanged: () => {
        this.#reportTimer ??= this.#clock.setTimer(() => this.#report(), HELD_REPORT_MS);
      },
    });
  }

  /** The network with the conditions upon it. */
  under(network: Network): ConditionedNetwork {
    return withConditions(network, this.#control);
  }

  /** Does what the page wants of the network. */
  apply(wish: NetworkControl): void {
    const control = this.#control;
    switch (wish.kind) {
      case "conditions":
        control.conditions = wish.conditions;
        for (const direction of ["out", "in"] as const) this.#record({ kind: "conditions", direction, summary: directionText(wish.conditions[direction]) });
        break;
      case "pause":
        control.pause();
        this.#record({ kind: "pause" });
        // From here on nothing more comes through, as the page may say now.
        this.#report();
        break;
      case "resume":
        control.resume();
        this.#record({ kind: "resume" });
        break;
      case "step": {
        this.#record({ kind: "step" });
        const passage = control.step();
        if (typeof passage === "object") this.#post({ type: "passage", passage });
        // At once, and also where there was nothing: the page chooses the next step by it.
        this.#report();
        break;
      }
      case "let-through":
        control.letThrough(wish.passage);
        break;
      case "reset":
        control.reset(wish.remote);
        break;
    }
  }

  /** The program is over: what it has sent and what is held goes, at the latest in half of the time that is left. */
  finish(leftMs: number): Promise<void> {
    return this.#control.finish(leftMs / 2, leftMs);
  }

  #report(): void {
    if (this.#reportTimer !== undefined) this.#clock.clearTimer(this.#reportTimer);
    this.#reportTimer = undefined;
    this.#post({ type: "held", held: this.#control.held, isPaused: this.#control.isPaused });
  }
}
