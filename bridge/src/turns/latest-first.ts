import type { ClientAccount } from "../client/client-account.ts";
import { type Turns, Work } from "./turns.ts";

/** Something that is done once. */
export interface Task {
  /** Whether there is nothing left to do: whoever wanted it has gone. */
  isOver(): boolean;
  run(): void;
}

/** Tasks of one address that wait, of which those that are over are not looked for yet. */
const KEPT_TASKS = 64;

/** The tasks of one address. */
class AddressTasks {
  readonly work: Work;
  /** The oldest first. */
  #tasks: Task[] = [];
  /** How many there may be before those that are over are looked for. */
  #most = KEPT_TASKS;

  constructor(account: ClientAccount) {
    this.work = new Work(account, (slice) => {
      // One at least, however short the slice.
      do {
        if (!this.#runLatest()) return false;
      } while (slice.take());
      return this.#tasks.length > 0;
    });
  }

  add(task: Task): void {
    this.#tasks.push(task);
    if (this.#tasks.length <= this.#most) return;
    this.#tasks = this.#tasks.filter((waiting) => !waiting.isOver());
    this.#most = 2 * this.#tasks.length + KEPT_TASKS;
  }

  /** Whether there was one. */
  #runLatest(): boolean {
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      if (task.isOver()) continue;
      task.run();
      return true;
    }
    return false;
  }
}

/**
 * Tasks of one kind that are done in turns, such as letting in connections that have just come. All of one address are one piece of
 * work, so that what is there already does not feel how many come; and among them the latest is first, so that one who comes
 * behind a thousand that nobody waits for does not wait for those. A task that is over is not done, and not kept for long.
 */
export class LatestFirst {
  readonly #turns: Turns;
  readonly #tasks = new WeakMap<ClientAccount, AddressTasks>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Does the task now, or when it is its turn. */
  add(account: ClientAccount, task: Task): void {
    let tasks = this.#tasks.get(account);
    if (tasks === undefined) {
      tasks = new AddressTasks(account);
      this.#tasks.set(account, tasks);
    }
    tasks.add(task);
    this.#turns.run(tasks.work);
  }
}
