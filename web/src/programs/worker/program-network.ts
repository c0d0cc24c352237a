import type { ControlEvent } from "@playground/capture";
import { Gate } from "@playground/conditions/gate";
import type { Network } from "@playground/network";
import type { NetworkControl, WorkerMessage } from "./messages.ts";
import type { ReaderControl } from "./reader-control.ts";

/** Milliseconds after which what makes conditions is asked for again, when it could not be had. */
const RETRY_MS = 1_000;

/** The network of this worker's program, as the reader lets it be. What does anything to it is loaded when that is first wanted. */
export class ProgramNetwork {
  readonly #post: (message: WorkerMessage) => void;
  readonly #record: (control: ControlEvent["control"]) => void;
  #gate: Gate | undefined;
  #control: ReaderControl | undefined;
  /** What the page wanted before the control was here. */
  #wishes: NetworkControl[] = [];
  #loading: Promise<void> | undefined;

  /** `record`: hears what the reader has done to the network. */
  constructor(post: (message: WorkerMessage) => void, record: (control: ControlEvent["control"]) => void) {
    this.#post = post;
    this.#record = record;
  }

  /** The same network, with what the page wants of it. To be called once, when `ready`. */
  under(network: Network): Network {
    this.#gate = new Gate(network);
    this.#fill();
    return this.#gate;
  }

  /** Resolves when everything holds that the page has wanted so far. */
  get ready(): Promise<void> {
    return this.#loading ?? Promise.resolve();
  }

  /** Does what the page wants of the network, at once or as soon as it can. */
  apply(wish: NetworkControl): void {
    if (this.#control !== undefined) return this.#control.apply(wish);
    this.#wishes.push(wish);
    this.#loading ??= this.#load();
  }

  /** The program is over: what it has sent and what is held goes, at the latest in half of the time that is left. */
  async finish(leftMs: number): Promise<void> {
    await this.#control?.finish(leftMs);
  }

  async #load(): Promise<void> {
    for (;;) {
      try {
        const { ReaderControl } = await import("./reader-control.ts");
        this.#control = new ReaderControl(this.#post, this.#record);
        break;
      } catch {
        // The bridge is away, as the page says, and with it the network.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.#fill();
    for (const wish of this.#wishes.splice(0)) this.#control.apply(wish);
  }

  #fill(): void {
    const control = this.#control;
    if (control !== undefined) this.#gate?.fill((network) => control.under(network));
  }
}
