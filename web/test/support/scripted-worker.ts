import type { PageMessage, WorkerMessage } from "../../src/programs/worker/messages.ts";

/** A program's worker with the test as the program. To stop, it says by itself that it is over, as every program does that does not hang. */
export class ScriptedWorker extends EventTarget {
  /** All that were started, in their order. */
  static readonly started: ScriptedWorker[] = [];
  readonly name: string;
  readonly received: PageMessage[] = [];
  isTerminated = false;
  /** Does not answer any more. */
  hangs = false;

  constructor(_script: string, { name }: { readonly name: string }) {
    super();
    this.name = name;
    ScriptedWorker.started.push(this);
  }

  postMessage(message: PageMessage): void {
    this.received.push(message);
    if (message.type === "stop" && !this.hangs) queueMicrotask(() => this.say({ type: "finished" }));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** The program says something to the page, which hears nothing of a worker that it has ended. */
  say(message: WorkerMessage): void {
    if (!this.isTerminated) this.dispatchEvent(new MessageEvent("message", { data: message }));
  }

  /** The main chunk and `zone.init` have run. */
  getUnderWay(): void {
    this.say({ type: "state", state: "running" });
    this.say({ type: "started" });
  }

  /** An error ends the program. */
  fail(message: string, chunk: string, line: number): void {
    this.say({ type: "state", state: "failed", failure: { message, chunk, line } });
    this.say({ type: "finished" });
  }

  /** Types of what the page has said. */
  get heard(): string[] {
    return this.received.map(({ type }) => type);
  }
}
