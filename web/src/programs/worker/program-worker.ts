// First: what follows is evaluated after it.
import "../../workers/scope/dispose-symbol.ts";
import { EventBatches, Recorder } from "@playground/capture/recording";
import { redirected } from "@playground/lessons";
import { type Luau, loadLuau } from "@playground/luau-wasm";
import type { NetworkFailure } from "@playground/network";
import { FrameLoop, platformOf, Program, type ProgramError } from "@playground/zone";
import { WebSocketSession } from "../../session/websocket-session.ts";
import type { SessionNotice } from "../../log/notice.ts";
import { sharedNow } from "../../log/shared-clock.ts";
import { closeScope } from "../../workers/scope/closed-scope.ts";
import { ConsoleBatches } from "./console-batches.ts";
import { countBytes } from "./counting-network.ts";
import type { NetworkControl, PageMessage, ProgramFailure, WorkerMessage } from "./messages.ts";
import { ProgramNetwork } from "./program-network.ts";
import { workerClock } from "./worker-clock.ts";

/** Milliseconds from Stop for `zone.cleanup` and for what was sent to leave: a little less than the page waits before it ends the worker. */
const STOP_LIMIT_MS = 1_350;

type StartMessage = Extract<PageMessage, { type: "start" }>;

/** The program of this worker: one run, from "start" to "finished". */
class ProgramHost {
  readonly #console = new ConsoleBatches((entries, skipped) => post({ type: "console", entries, skipped }));
  #program: Program | undefined;
  #luau: Promise<Luau> | undefined;
  #session: WebSocketSession | undefined;
  #frames: FrameLoop | undefined;
  readonly #network = new ProgramNetwork(post, (control) => this.#recorder?.control(control));
  #recorder: Recorder | undefined;
  #batches: EventBatches | undefined;
  readonly #traffic = { bytesIn: 0, bytesOut: 0 };
  /** Of the longest frame since the page asked last. */
  #frameMs = 0;
  #hidden = false;
  #finishing = false;
  #stopAt: number | undefined;

  /** Makes the VM before it is known what it will run, and has it run nothing once. */
  prepare(module: WebAssembly.Module): void {
    this.#luau = loadLuau(module).then(warmedUp);
    // `start` says what is wrong.
    this.#luau.catch(() => {});
  }

  async start(message: StartMessage): Promise<void> {
    this.#hidden = message.hidden;
    const session = new WebSocketSession({
      url: message.sessionUrl,
      machineToken: message.machineToken,
      ...(message.password !== undefined && { password: message.password }),
      onReady: ({ id }) => post({ type: "session", id }),
      onEnded: (failure) => {
        if (!this.#finishing) this.#console.write({ level: "notice", at: sharedNow(), notice: endNotice(failure), text: failure.message });
      },
    });
    this.#session = session;
    const luau = await (this.#luau ?? loadLuau(message.module));
    await this.#network.ready;
    if (this.#finishing) return;
    const { redirects, ownAddress } = message.checked ?? { redirects: [], ownAddress: "" };
    const wire = countBytes(redirected(session.client, redirects, ownAddress), this.#traffic);
    const recorder = message.isRecorded ? this.#record() : undefined;
    const program = new Program({
      luau,
      files: new Map(message.files),
      entry: message.entry,
      platform: platformOf(navigator.userAgent),
      network: recorder === undefined ? this.#network.under(wire) : recorder.scriptSide(this.#network.under(recorder.wireSide(wire))),
      console: {
        write: (level, text, detail) => {
          const entry = this.#program?.entry ?? 0;
          this.#console.write({ level, text, at: sharedNow(), ...(entry > 0 && { entry }), ...detail });
        },
      },
      ...(recorder !== undefined && { observer: recorder }),
      events: {
        onState: (state, error) => {
          post({
            type: "state",
            state,
            ...(error !== undefined && {
              failure: {
                message: error.message,
                ...(error.chunk !== undefined && { chunk: error.chunk }),
                ...(error.line !== undefined && { line: error.line }),
                ...explanationOf(error),
              },
            }),
          });
          if (state === "stopped" || state === "failed") void this.#finish();
        },
        onInputWanted: (wanted) => post({ type: "input-wanted", wanted }),
        onTargetRate: (framesPerSecond) => this.#frames?.setTargetRate(framesPerSecond),
      },
    });
    this.#program = program;
    this.#frames = new FrameLoop(
      (deltaSeconds) => {
        const begun = performance.now();
        program.frame(deltaSeconds);
        this.#frameMs = Math.max(this.#frameMs, performance.now() - begun);
        this.#console.flush();
        recorder?.frame();
        this.#batches?.flush(begun);
      },
      { hidden: this.#hidden, clock: workerClock() },
    );
    program.start();
    post({ type: "started" });
    if (!this.#finishing) this.#frames.start();
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#frames?.setHidden(hidden);
    // The page is looked at again, perhaps after the machine has slept.
    if (!hidden) this.#session?.client.reconnectNow();
  }

  captureTaken(): void {
    this.#batches?.taken();
  }

  consoleShown(entries: number): void {
    this.#console.shown(entries);
  }

  /** Tells the page that it lives, and what the program uses. */
  answer(): void {
    const { memoryUsed = 0, connections = 0 } = this.#program?.stats ?? {};
    post({ type: "stats", frameMs: this.#frameMs, memoryBytes: memoryUsed, connections, ...this.#traffic });
    this.#frameMs = 0;
  }

  input(line: string): void {
    this.#program?.input(line);
  }

  controlNetwork(control: NetworkControl): void {
    this.#network.apply(control);
  }

  stop(): void {
    this.#stopAt = performance.now();
    // Its last state, "stopped", leads to `#finish`; so does a program that has not been made yet.
    this.#program?.stop();
    void this.#finish();
  }

  #record(): Recorder {
    const recorder = new Recorder(sharedNow);
    this.#recorder = recorder;
    this.#batches = new EventBatches(recorder, ({ events, bytes }) => post({ type: "capture", events }, [bytes]));
    return recorder;
  }

  /** Lets go of everything, and says so to the page. */
  async #finish(): Promise<void> {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#frames?.stop();
    const limitAt = (this.#stopAt ?? performance.now()) + STOP_LIMIT_MS;
    await this.#network.finish(Math.max(0, limitAt - performance.now()));
    await this.#session?.finish(Math.max(0, limitAt - performance.now()));
    this.#console.flushAll();
    this.#batches?.flushAll();
    post({ type: "finished" });
  }
}

/** Runs a program that does nothing: browsers compile functions when they are called first, and for the reader's program that has been done then. */
function warmedUp(luau: Luau): Luau {
  const network = { listen: noNetwork, connect: noNetwork };
  new Program({ luau, files: new Map([["nothing", ""]]), entry: "nothing", network, console: { write: () => {} } }).start();
  return luau;
}

function noNetwork(): never {
  throw new Error("a program that does nothing has no network");
}

/** Holds a lock for as long as this worker lives. Browsers have none on pages that came by plain HTTP from another machine, and refuse them in sandboxed frames. */
function holdLock(name: string): void {
  navigator.locks?.request(name, liveOn).catch(() => {});
}

function liveOn(): Promise<never> {
  post({ type: "alive" });
  return new Promise(() => {});
}

/** How the console tells of the end of a session. */
function endNotice({ code, message }: NetworkFailure): SessionNotice {
  switch (code) {
    case "password-required":
    case "wrong-password":
    case "too-many-attempts":
      return { code: "password-needed" };
    case "room-full":
      return { code: "room-full" };
    case "limit-exceeded":
      return { code: "bridge-full", reason: message };
    default:
      return { code: "bridge-lost" };
  }
}

function post(message: WorkerMessage, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

const host = new ProgramHost();

self.addEventListener("message", ({ data }: MessageEvent<PageMessage>) => {
  switch (data.type) {
    case "prepare":
      host.prepare(data.module);
      break;
    case "start":
      holdLock(data.lock);
      closeScope();
      // A rejection here (a VM that cannot be made) becomes the worker's error, which the page shows.
      void host.start(data).catch((error: unknown) =>
        setTimeout(() => {
          throw error;
        }),
      );
      break;
    case "visibility":
      host.setHidden(data.hidden);
      break;
    case "capture-taken":
      host.captureTaken();
      break;
    case "console-shown":
      host.consoleShown(data.entries);
      break;
    case "ask":
      host.answer();
      break;
    case "input":
      host.input(data.line);
      break;
    case "network":
      host.controlNetwork(data.control);
      break;
    case "stop":
      host.stop();
      break;
  }
});

function explanationOf({ networkFailure, explanation }: ProgramError): Pick<ProgramFailure, "explanation"> {
  if (networkFailure !== undefined) return { explanation: { code: "network-failure", failure: networkFailure } };
  return explanation === undefined ? {} : { explanation: { code: "error-explained", explanation } };
}
