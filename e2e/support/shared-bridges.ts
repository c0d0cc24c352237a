import { BridgeProcess } from "./bridge-process.ts";

/** Bridges that all tests of a worker use, one for each way to start one: every test has a room of its own there. */
export class SharedBridges {
  readonly #started = new Map<string, Promise<BridgeProcess>>();

  /** The bridge with these options; another one where that has ended. */
  async with(options: readonly string[]): Promise<BridgeProcess> {
    const name = JSON.stringify(options);
    const known = await this.#started.get(name);
    if (known !== undefined && known.program.ending === undefined) return known;
    const starting = BridgeProcess.start(options);
    this.#started.set(name, starting);
    return starting;
  }

  async end(): Promise<void> {
    const bridges = await Promise.allSettled(this.#started.values());
    await Promise.all(bridges.map(async (bridge) => bridge.status === "fulfilled" && bridge.value.program.end()));
  }
}
