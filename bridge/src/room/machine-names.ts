import { skeletonOf } from "./look-alikes.ts";
import type { Machine } from "./machine.ts";
import { machineNameKey } from "./machine-name.ts";

/** Behind the name of a machine it says that no host elsewhere is meant: only the bridge gives names that end so. */
export const INTERNAL_SUFFIX = ".zone.internal";

/** The names of one room's machines: no two are the same in another case, and no two are taken for one another. */
export class MachineNames {
  readonly #byKey = new Map<string, Machine>();
  readonly #bySkeleton = new Map<string, Machine>();

  /** The machine that a host name means, in ASCII and lower case as `Target` has it: its name, alone or with `INTERNAL_SUFFIX`. */
  get(host: string): Machine | undefined {
    return this.#byKey.get(host.endsWith(INTERNAL_SUFFIX) ? host.slice(0, -INTERNAL_SUFFIX.length) : host);
  }

  /** The machine that has this name, or one that looks the same. */
  holder(name: string): Machine | undefined {
    return this.#byKey.get(machineNameKey(name) ?? "") ?? this.#bySkeleton.get(skeletonOf(name));
  }

  /** `name` is a good one that nobody else holds. */
  add(name: string, machine: Machine): void {
    this.#byKey.set(machineNameKey(name) ?? name, machine);
    this.#bySkeleton.set(skeletonOf(name), machine);
  }

  remove(name: string): void {
    this.#byKey.delete(machineNameKey(name) ?? name);
    this.#bySkeleton.delete(skeletonOf(name));
  }

  clear(): void {
    this.#byKey.clear();
    this.#bySkeleton.clear();
  }
}
