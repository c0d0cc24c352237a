import { randomBytes } from "node:crypto";
import type { Luau } from "@playground/luau-wasm";
import { type LearnerEvents, type LearnerProgram, type LessonMachines, type OpenPort, type ProgramStart, type Sources, untilSo } from "@playground/lessons";
import type { ClientSession, RoomNews } from "@playground/wire/client";
import { MACHINE_TOKEN_BYTES } from "@playground/wire/codec";
import { LearnerProcess } from "./learner-process.ts";
import { openSession } from "./open-session.ts";

/** Milliseconds that a machine is waited for to give up its ports after its programs have ended, counted as all times of a check. */
const PORTS_MS = 5_000;

/** A room of a bridge with the two machines of a check in it: real sockets, real sessions. */
export class LessonRoom implements LessonMachines {
  readonly learnerAddress: string;
  readonly examinerAddress: string;
  readonly #luau: Luau;
  readonly #files: Sources;
  readonly #roomUrl: string;
  readonly #token: Uint8Array;
  readonly #learner: ClientSession;
  readonly #examiner: ClientSession;
  /** What is done when the learner's ports change. */
  readonly #watchers: Set<() => void>;
  readonly #ports: () => readonly OpenPort[];

  private constructor(parts: {
    readonly luau: Luau;
    readonly files: Sources;
    readonly roomUrl: string;
    readonly token: Uint8Array;
    readonly learner: { readonly session: ClientSession; readonly address: string };
    readonly examiner: { readonly session: ClientSession; readonly address: string };
    readonly watchers: Set<() => void>;
    readonly ports: () => readonly OpenPort[];
  }) {
    this.learnerAddress = parts.learner.address;
    this.examinerAddress = parts.examiner.address;
    this.#luau = parts.luau;
    this.#files = parts.files;
    this.#roomUrl = parts.roomUrl;
    this.#token = parts.token;
    this.#learner = parts.learner.session;
    this.#examiner = parts.examiner.session;
    this.#watchers = parts.watchers;
    this.#ports = parts.ports;
  }

  /** Opens a room at the bridge of this URL. `files` are the learner's. Rejects where the bridge does not take it. */
  static async open(bridgeUrl: string, luau: Luau, files: Sources): Promise<LessonRoom> {
    const roomUrl = `${bridgeUrl.replace(/^http/, "ws")}room/lesson-${randomBytes(6).toString("hex")}/`;
    const token = randomBytes(MACHINE_TOKEN_BYTES);
    let ports: readonly OpenPort[] = [];
    const watchers = new Set<() => void>();
    // The learner's machine asks about itself, so that it is told which ports are its own also where all have one address.
    const onNews = ({ machines }: RoomNews): void => {
      const own = machines.find(({ isYou }) => isYou);
      if (own === undefined) return;
      ports = own.listeners.map(({ port, isPrivate }) => ({ port, isPrivate }));
      for (const watcher of watchers) watcher();
    };
    const learner = openSession(roomUrl, token, onNews);
    const examiner = openSession(roomUrl, randomBytes(MACHINE_TOKEN_BYTES));
    const [{ address }, { address: examinerAddress }] = await Promise.all([learner.ready, examiner.ready]);
    await learner.session.room.request({ kind: "watch" });
    await examiner.session.room.request({ kind: "rename", name: "examiner" });
    return new LessonRoom({
      luau,
      files,
      roomUrl,
      token,
      learner: { session: learner.session, address },
      examiner: { session: examiner.session, address: examinerAddress },
      watchers,
      ports: () => ports,
    });
  }

  get network(): ClientSession {
    return this.#examiner;
  }

  startProgram(start: ProgramStart, events: LearnerEvents): LearnerProgram {
    const parts = { luau: this.#luau, files: this.#files, roomUrl: this.#roomUrl, machineToken: this.#token, address: this.learnerAddress };
    const program = new LearnerProcess(parts, start, events);
    return {
      input: (line) => program.input(line),
      stop: async () => {
        await program.stop();
        // Another program that is started now could not have a port that the bridge still holds for this one.
        await this.#untilClosed(program.ports);
      },
    };
  }

  watchPorts(onPorts: (ports: readonly OpenPort[]) => void): () => void {
    const watcher = (): void => onPorts(this.#ports());
    this.#watchers.add(watcher);
    setImmediate(watcher);
    return () => this.#watchers.delete(watcher);
  }

  close(): void {
    this.#learner.close();
    this.#examiner.close();
  }

  #untilClosed(closing: ReadonlySet<number>): Promise<void> {
    const isClosed = (): boolean => this.#ports().every(({ port }) => !closing.has(port));
    const subscribe = (look: () => void): (() => void) => {
      this.#watchers.add(look);
      return () => this.#watchers.delete(look);
    };
    return untilSo(isClosed, subscribe, PORTS_MS);
  }
}
