import { hasExplanations, isExplanation, loadExplanations } from "../log/explanations.ts";
import type { WorkerMessage } from "./worker/messages.ts";

/**
 * Hands on what a worker says. Where an error is to be explained and the words for that are not here yet, that and what
 * must not overtake it waits until they are, or cannot be had.
 */
export class ExplainedMessages {
  readonly #receive: (message: WorkerMessage) => void;
  /** Messages that wait, in their order. */
  #held: WorkerMessage[] | undefined;

  constructor(receive: (message: WorkerMessage) => void) {
    this.#receive = receive;
  }

  push(message: WorkerMessage): void {
    if (this.#held !== undefined && IN_ORDER.has(message.type)) this.#held.push(message);
    else if (hasExplanations() || !isExplained(message)) this.#receive(message);
    else void this.#hold(message);
  }

  async #hold(message: WorkerMessage): Promise<void> {
    const held = [message];
    this.#held = held;
    await loadExplanations();
    this.#held = undefined;
    for (const each of held) this.#receive(each);
  }
}

/** What must not come before a line that was written earlier. */
const IN_ORDER: ReadonlySet<WorkerMessage["type"]> = new Set(["console", "state", "finished"]);

function isExplained(message: WorkerMessage): boolean {
  return message.type === "console" && message.entries.some(({ notice }) => isExplanation(notice));
}
