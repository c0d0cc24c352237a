import { Model } from "../ui/model.ts";
import type { ProgramUsage } from "./worker/messages.ts";

const NOTHING: ProgramUsage = { frameMs: 0, memoryBytes: 0, connections: 0, bytesIn: 0, bytesOut: 0 };

/** What one program uses at the moment. A model of its own: it changes four times a second, and only figures show it. */
export class UsageModel extends Model {
  #usage = NOTHING;

  get usage(): ProgramUsage {
    return this.#usage;
  }

  set(usage: ProgramUsage): void {
    const before = this.#usage;
    this.#usage = usage;
    if ((Object.keys(NOTHING) as (keyof ProgramUsage)[]).some((name) => before[name] !== usage[name])) this.changed();
  }

  /** The program is over. Its bytes stay, until it runs again. */
  rest(): void {
    this.set({ ...NOTHING, bytesIn: this.#usage.bytesIn, bytesOut: this.#usage.bytesOut });
  }

  clear(): void {
    this.set(NOTHING);
  }
}

/** What several programs use together: their longest frame, and the sum of the rest. */
export function totalUsage(usages: readonly ProgramUsage[]): ProgramUsage {
  return usages.reduce(
    (total, usage) => ({
      frameMs: Math.max(total.frameMs, usage.frameMs),
      memoryBytes: total.memoryBytes + usage.memoryBytes,
      connections: total.connections + usage.connections,
      bytesIn: total.bytesIn + usage.bytesIn,
      bytesOut: total.bytesOut + usage.bytesOut,
    }),
    NOTHING,
  );
}
