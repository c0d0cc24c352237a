import type { Luau } from "@playground/luau-wasm";
import { Countdown, type LearnerEvents, type LearnerProgram, type ProgramStart, redirected, type Sources } from "@playground/lessons";
import type { Network } from "@playground/network";
import { FrameLoop, INPUT_QUEUE_LIMIT, Program } from "@playground/zone";
import { NODE_CLOCK } from "./node-clock.ts";
import { openSession, type OpenSession } from "./open-session.ts";

/** Milliseconds for what was sent to leave after a stop, counted as all times of a check. */
const STOP_MS = 500;

/** What a learner's program runs with. */
export interface LearnerParts {
  readonly luau: Luau;
  readonly files: Sources;
  readonly roomUrl: string;
  readonly machineToken: Uint8Array;
  readonly address: string;
}

/** One run of a learner's program, with a session of its own, as in a page. */
export class LearnerProcess implements LearnerProgram {
  readonly #program: Program;
  readonly #frames: FrameLoop;
  readonly #open: OpenSession;
  readonly #ended: Promise<void>;
  /** Lines that wait for the program to take them. */
  readonly #typed: string[] = [];
  #takesInput = false;
  /** Ports that it has listened on. */
  readonly ports = new Set<number>();

  constructor({ luau, files, roomUrl, machineToken, address }: LearnerParts, { entry, redirects }: ProgramStart, events: LearnerEvents) {
    this.#open = openSession(roomUrl, machineToken);
    let onEnded!: () => void;
    this.#ended = new Promise((resolve) => {
      onEnded = resolve;
    });
    this.#program = new Program({
      luau,
      files,
      entry,
      network: redirected(this.#notingPorts(this.#open.session), redirects, address),
      console: {
        write: (level, text, detail) => {
          if (level === "print" || level === "warn") queueMicrotask(() => events.onPrinted(text));
          else if (detail?.notice !== undefined) queueMicrotask(() => events.onNotice(detail.notice!.code));
        },
      },
      events: {
        onInputWanted: (wanted) => {
          this.#takesInput = wanted;
          // Not from inside of the script's call.
          queueMicrotask(() => this.#handInput());
        },
        onTargetRate: (framesPerSecond) => this.#frames.setTargetRate(framesPerSecond),
        onState: (state, error) => {
          if (state !== "stopped" && state !== "failed") return;
          queueMicrotask(() => {
            if (error === undefined) events.onEnded({ kind: "stopped" });
            else {
              const place = error.chunk !== undefined && error.line !== undefined ? { file: error.chunk, line: error.line } : {};
              events.onEnded({ kind: "failed", error: error.text, ...place });
            }
            onEnded();
          });
        },
      },
    });
    this.#frames = new FrameLoop((deltaSeconds) => this.#program.frame(deltaSeconds), { hidden: true, clock: NODE_CLOCK });
    // As in a page: nothing runs before the call that starts it has returned.
    setImmediate(() => {
      this.#program.start();
      this.#frames.start();
    });
  }

  #notingPorts(network: Network): Network {
    return {
      connect: (host, port, events) => network.connect(host, port, events),
      listen: (address, port, events) =>
        network.listen(address, port, {
          onListening: (bound) => {
            this.ports.add(bound.port);
            events.onListening(bound);
          },
          onFailed: (failure) => events.onFailed(failure),
          onAccept: (stream) => events.onAccept(stream),
          onLost: (failure) => events.onLost(failure),
        }),
    };
  }

  input(line: string): void {
    if (this.#typed.length < INPUT_QUEUE_LIMIT) this.#typed.push(line);
    this.#handInput();
  }

  #handInput(): void {
    if (!this.#takesInput) return;
    for (const line of this.#typed.splice(0)) this.#program.input(line);
  }

  async stop(): Promise<void> {
    this.#program.stop();
    await this.#ended;
    this.#frames.stop();
    let countdown: Countdown | undefined;
    const late = new Promise<void>((resolve) => {
      countdown = new Countdown(STOP_MS, resolve);
    });
    await Promise.race([this.#open.session.closeAll(), late]);
    countdown?.cancel();
    this.#open.session.close();
  }
}
