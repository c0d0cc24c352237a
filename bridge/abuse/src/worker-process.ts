import { type ChildProcess, fork } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Order, Role } from "./worker.ts";

const WORKER = fileURLToPath(new URL("./worker.js", import.meta.url));

/** Time for a worker to be ready, and to report, ms. */
const READY_MS = 20_000;
const REPORT_MS = 5_000;

/** How far the attacker stands behind the others: on two cores it would take from those who measure what it does not take from the bridge. */
const ATTACKER_NICENESS = 5;
/** The last place there is. */
const MAX_NICENESS = 19;

/** One process of a trial, seen from the trial. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #who: string;
  #errors = "";

  constructor(role: Role) {
    this.#who = role.kind === "crowd" ? `the crowd of ${role.address}` : `the ${role.kind}`;
    this.#child = fork(WORKER, [JSON.stringify(role)], { stdio: ["ignore", "ignore", "pipe", "ipc"], execArgv: [] });
    this.#child.stderr?.on("data", (text: Buffer) => (this.#errors = (this.#errors + text.toString()).slice(-2_000)));
    if ((role.kind === "attacker" || role.kind === "echo") && this.#child.pid !== undefined)
      setPriority(this.#child.pid, Math.min(MAX_NICENESS, getPriority() + ATTACKER_NICENESS));
  }

  /** Settles when it is ready. @throws when it ends, or takes too long */
  async ready(): Promise<this> {
    await this.#next((message) => message === "ready", READY_MS);
    return this;
  }

  order(order: Order): void {
    if (this.#child.connected) this.#child.send(order);
  }

  /** What it has to report. @throws when it does not */
  async report<T>(): Promise<T> {
    const next = this.#next((message) => typeof message === "object" && message !== null && "report" in message, REPORT_MS);
    this.order("report");
    return ((await next) as { report: T }).report;
  }

  /** Ends it at once: the kernel closes its connections. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async #next(isWanted: (message: unknown) => boolean, withinMs: number): Promise<unknown> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onExit);
        settle();
      };
      const onMessage = (message: unknown): void => {
        if (isWanted(message)) done(() => resolve(message));
      };
      const onExit = (): void => done(() => reject(new Error(`${this.#who} has ended: ${this.#errors}`)));
      const timer = setTimeout(() => done(() => reject(new Error(`${this.#who} said nothing for ${withinMs} ms ${this.#errors}`))), withinMs);
      child.on("message", onMessage);
      child.on("exit", onExit);
    });
  }
}
