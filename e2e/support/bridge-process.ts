import { expect } from "@playwright/test";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { ChildProgram } from "./child-program.ts";
import { BRIDGE_PROGRAM } from "./paths.ts";

/** Milliseconds in which a bridge prints its link. */
const START_LIMIT_MS = 30_000;

/** What `GET /healthz` answers. */
export interface Health {
  readonly status: string;
  readonly version: string;
  readonly network: "lan" | "host";
  readonly sessions: number;
  /** Sessions that wait for their page to come back. */
  readonly detached: number;
  readonly streams: number;
  readonly listeners: number;
  readonly sockets: number;
}

/** The real bridge, as a process of its own. */
export class BridgeProcess {
  readonly program: ChildProgram;
  /** The link that it printed. */
  readonly url: string;

  private constructor(program: ChildProgram, url: string) {
    this.program = program;
    this.url = url;
  }

  /** Starts the project's own bridge, or the one that a command starts. */
  static async start(
    options: readonly string[],
    { command, environment }: { readonly command?: string; readonly environment?: Readonly<Record<string, string>> } = {},
  ): Promise<BridgeProcess> {
    const port = options.includes("--port") ? [] : ["--port", "0"];
    const words = [...port, ...options];
    const program = command === undefined ? new ChildProgram(process.execPath, [BRIDGE_PROGRAM, ...words]) : new ChildProgram(command, words, environment);
    await Promise.race([program.shows(/ready: http\S+ ?.*\n/, START_LIMIT_MS), program.ended]);
    const url = /ready: (http\S+)/.exec(program.output)?.[1];
    if (url === undefined) throw new Error(`the bridge ended: ${program.errors}${program.output}`);
    return new BridgeProcess(program, url);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Address of a room's page. */
  roomUrl(room: string): string {
    return `${this.url}room/${room}/`;
  }

  async health(): Promise<Health> {
    const response = await fetch(`${this.url}healthz`);
    return (await response.json()) as Health;
  }

  /**
   * Waits until no TCP socket and no listener of any script is left: two seconds at most on an idle machine, and always less than
   * the grace time, after which nothing is left of whatever was forgotten.
   */
  async isQuiet(timeout = PATIENCE_MS): Promise<void> {
    await expect
      .poll(
        async () => {
          const { sockets, streams, listeners } = await this.health();
          return { sockets, streams, listeners };
        },
        { message: "no socket of a script is left on the bridge", timeout, intervals: [50] },
      )
      .toEqual({ sockets: 0, streams: 0, listeners: 0 });
  }
}
