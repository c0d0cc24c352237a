/** The thread of one program: one run, from "start" to "finished". */
import { parentPort, type TransferListItem, workerData } from "node:worker_threads";
import { EventBatches, Recorder } from "@playground/capture/recording";
import { ConditionControl, withConditions } from "@playground/conditions";
import { loadLuau } from "@playground/luau-wasm";
import { TcpNetwork } from "@playground/tcp";
import { FrameLoop, Program } from "@playground/zone";
import { HELD_LIMIT_MS, STOP_LIMIT_MS } from "../limits.ts";
import { joiningExplanations } from "./joined-explanations.ts";
import type { CommandMessage, ThreadData, ThreadMessage } from "./messages.ts";
import { OutputQueue } from "./output-queue.ts";
import { THREAD_CLOCK } from "./thread-clock.ts";

type StartMessage = Extract<CommandMessage, { type: "start" }>;

class ProgramHost {
  readonly #output = new OutputQueue((entries) => post({ type: "output", entries }), (workerData as ThreadData).written);
  readonly #network = new TcpNetwork();
  readonly #conditions = new ConditionControl({ clock: THREAD_CLOCK, epoch: performance.timeOrigin });
  #program: Program | undefined;
  #frames: FrameLoop | undefined;
  /** Lines that have come so far, and how many of them were told to have reached the script. */
  #inputCame = 0;
  #inputTold = 0;
  #isInputOver = false;
  /** The script's first lines have been run. */
  #hasStarted = false;
  #isUnderWayTold = false;
  #cutTimer: NodeJS.Timeout | undefined;
  #recorder: Recorder | undefined;
  #batches: EventBatches | undefined;
  #finishing = false;

  async start({ module, files, entry, fps, platform, conditions, isRecorded }: StartMessage): Promise<void> {
    if (conditions !== undefined) this.#conditions.conditions = conditions;
    const luau = await loadLuau(module);
    if (this.#finishing) return;
    const recorder = isRecorded ? this.#record() : undefined;
    const program = new Program({
      luau,
      files: new Map(files),
      entry,
      platform,
      network:
        recorder === undefined
          ? withConditions(this.#network, this.#conditions)
          : recorder.scriptSide(withConditions(recorder.wireSide(this.#network), this.#conditions)),
      ...(recorder !== undefined && { observer: recorder }),
      console: joiningExplanations((entry) => this.#output.write(entry)),
      events: {
        onState: (state) => {
          if (state === "stopped" || state === "failed") void this.#finish(state === "failed");
          else this.#tellUnderWay();
        },
        onInputWanted: (wanted) => post({ type: "input-wanted", wanted }),
        onTargetRate: (framesPerSecond) => this.#frames?.setTargetRate(framesPerSecond),
      },
    });
    this.#program = program;
    this.#frames = new FrameLoop((deltaSeconds) => this.#frame(program, deltaSeconds), { hidden: true, clock: THREAD_CLOCK });
    this.#frames.setTargetRate(fps);
    if (this.#isInputOver) program.endInput();
    post({ type: "begins" });
    program.start();
    this.#hasStarted = true;
    this.#output.flush();
    this.#tellUnderWay();
    if (!this.#finishing) this.#frames.start();
  }

  captureTaken(): void {
    this.#batches?.taken();
  }

  input(lines: readonly string[]): void {
    for (const line of lines) this.#program?.input(line);
    this.#inputCame += lines.length;
    this.#tellTaken();
  }

  endInput(): void {
    this.#isInputOver = true;
    this.#program?.endInput();
  }

  stop(): void {
    // What was sent may still leave, in the time that the command waits.
    this.#cutTimer ??= setTimeout(() => this.#network.destroy(), STOP_LIMIT_MS);
    // Its last state, "stopped", leads to `#finish`; so does a program that has not been made yet.
    this.#program?.stop();
    void this.#finish(false);
    // Shortens the time of one that has ended by itself, too.
    void this.#conditions.finish(HELD_LIMIT_MS, STOP_LIMIT_MS);
  }

  #frame(program: Program, deltaSeconds: number): void {
    // Whoever reads the output is slower than the program: it goes on when there is room.
    if (!this.#output.isBehind) {
      program.frame(deltaSeconds);
      this.#output.flush();
      this.#tellTaken();
    }
    this.#recorder?.frame();
    this.#batches?.flush(performance.now());
  }

  /** Once; what is over says so itself. */
  #tellUnderWay(): void {
    if (this.#isUnderWayTold || !this.#hasStarted || this.#program?.state !== "running") return;
    this.#isUnderWayTold = true;
    post({ type: "under-way" });
  }

  #tellTaken(): void {
    const lines = this.#inputCame - (this.#program?.inputWaiting ?? 0) - this.#inputTold;
    if (lines === 0) return;
    this.#inputTold += lines;
    post({ type: "input-taken", lines });
  }

  #record(): Recorder {
    // Slow to read.
    const origin = performance.timeOrigin;
    this.#recorder = new Recorder(() => origin + performance.now());
    this.#batches = new EventBatches(this.#recorder, ({ events, bytes }) => post({ type: "capture", events }, [bytes]));
    return this.#recorder;
  }

  async #finish(failed: boolean): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#frames?.stop();
    this.#output.flush();
    // What conditions hold takes its time, until somebody asks the program to stop.
    await this.#conditions.finish(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    await this.#network.idle();
    clearTimeout(this.#cutTimer);
    this.#batches?.flushAll();
    post({ type: "finished", failed });
    parentPort?.close();
  }
}

const host = new ProgramHost();

parentPort?.on("message", (message: CommandMessage) => {
  switch (message.type) {
    case "start":
      // A rejection (a VM that cannot be made) ends the thread, and the command tells why.
      void host.start(message).catch((error: unknown) =>
        setImmediate(() => {
          throw error;
        }),
      );
      break;
    case "capture-taken":
      host.captureTaken();
      break;
    case "input":
      host.input(message.lines);
      break;
    case "input-end":
      host.endInput();
      break;
    case "stop":
      host.stop();
      break;
  }
});

function post(message: ThreadMessage, transfer: TransferListItem[] = []): void {
  parentPort?.postMessage(message, transfer);
}
