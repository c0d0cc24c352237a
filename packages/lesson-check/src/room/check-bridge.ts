import { type Bridge, startBridge } from "@playground/bridge";
import { type Lesson, type Sources } from "@playground/lessons";
import { type CheckReport, runCheck } from "@playground/lessons/examiner";
import { type Luau, loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { LessonRoom } from "./lesson-room.ts";
import { NODE_CLOCK } from "./node-clock.ts";

/** Where no page is: checks need none. */
const NO_PAGE = "/nonexistent";

/** Milliseconds for a bridge to end what is still open. */
const CLOSE_MS = 200;

/** A bridge in this process that checks are run on, each in a room of its own. */
export class CheckBridge {
  readonly luau: Luau;
  readonly #bridge: Bridge;

  private constructor(bridge: Bridge, luau: Luau) {
    this.#bridge = bridge;
    this.luau = luau;
  }

  /** Rejects where the VM is not built, or no port can be had. */
  static async start(): Promise<CheckBridge> {
    const luau = await loadLuau(await readLuauWasm());
    // Where loopback has one address alone, all machines have one space of ports, and checks run one after the other.
    const network = process.platform === "linux" ? "lan" : "host";
    return new CheckBridge(await startBridge({ host: "127.0.0.1", port: 0, network, allow: [], page: NO_PAGE, publicHosts: [] }), luau);
  }

  /** How many checks may run at a time. */
  get width(): number {
    return process.platform === "linux" ? WIDTH : 1;
  }

  /** Runs a lesson's check against these files. `through`: the last step to check; default: all. */
  async check(lesson: Pick<Lesson, "steps" | "check" | "programs">, files: Sources, seed: number, through?: string): Promise<CheckReport> {
    const room = await LessonRoom.open(this.#bridge.url, this.luau, files);
    try {
      return await runCheck({ luau: this.luau, lesson, files, machines: room, seed, clock: NODE_CLOCK, ...(through !== undefined && { through }) }).finished;
    } finally {
      room.close();
    }
  }

  async close(): Promise<void> {
    await this.#bridge.close(CLOSE_MS);
  }
}

/** Checks at a time: most wait far more than they compute, but all of them share one thread, and some carry many megabytes. */
const WIDTH = 4;
