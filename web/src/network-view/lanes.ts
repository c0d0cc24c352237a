import { msg } from "@lit/localize";
import type { LadderItem, Lifeline } from "@playground/capture";
import { lifelinesOf } from "./item-filter.ts";

/** One column of the ladder: a program whatever its run, a machine, or an outside peer. */
export interface Lane {
  /** The same for as long as the capture lives. */
  readonly key: string;
  readonly kind: Lifeline["kind"];
  readonly name: string;
  readonly address?: string;
}

/** Which lifelines are one column. Programs come first, then machines of the room, then all others, each in the order in which they came. */
export class Lanes {
  #keys = new Map<string, string>();
  #lanes = new Map<string, Lane>();
  #followed: readonly Lifeline[] | undefined;

  /** Takes in what there is now. A column that has not changed is the same object as before. */
  follow(lifelines: readonly Lifeline[]): void {
    if (lifelines === this.#followed) return;
    this.#followed = lifelines;
    this.#keys = new Map();
    const lanes = new Map<string, Lane>();
    for (const { id, kind, name, address } of lifelines) {
      const key = `${kind} ${name}`;
      this.#keys.set(id, key);
      // A program's run that has no address yet keeps that of an earlier one.
      const known = address ?? lanes.get(key)?.address;
      lanes.set(key, { key, kind, name, ...(known !== undefined && { address: known }) });
    }
    for (const [key, lane] of lanes) {
      const before = this.#lanes.get(key);
      if (before?.address === lane.address && before !== undefined) lanes.set(key, before);
    }
    this.#lanes = lanes;
  }

  /** The key of a lifeline's column. */
  readonly keyOf = (lifeline: string): string | undefined => this.#keys.get(lifeline);

  laneOf(lifeline: string): Lane | undefined {
    return this.#lanes.get(this.#keys.get(lifeline) ?? "");
  }

  lane(key: string): Lane | undefined {
    return this.#lanes.get(key);
  }

  get all(): readonly Lane[] {
    const order = { program: 0, machine: 1, outside: 2 };
    return [...this.#lanes.values()].sort((one, other) => order[one.kind] - order[other.kind]);
  }

  /** The columns that items need. */
  usedBy(items: readonly LadderItem[]): readonly Lane[] {
    const used = new Set<string | undefined>();
    for (const item of items) for (const lifeline of lifelinesOf(item)) used.add(this.#keys.get(lifeline));
    return this.all.filter(({ key }) => used.has(key));
  }
}

/** Where columns stand: pixels. */
export interface LanePlaces {
  /** Of all columns together. */
  readonly width: number;
  /** The middle of each column, by its key. */
  readonly middles: ReadonlyMap<string, number>;
}

/** Pixels that a column has at least: enough for the beginning of a name. */
const LEAST_WIDTH = 104;
/** Pixels that a column has at most: arrows longer than that are harder to follow. */
const MOST_WIDTH = 360;

/** Places of columns in a width: as wide as there is room, and so wide that they can be read; the rest is scrolled. */
export function placeLanes(lanes: readonly Lane[], room: number): LanePlaces {
  const count = Math.max(1, lanes.length);
  const each = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.floor(room / count)));
  return { width: Math.max(room, each * count), middles: new Map(lanes.map(({ key }, index) => [key, Math.round(each * (index + 0.5))])) };
}

/** What a column is, in the reader's words. */
export function laneKindText(kind: Lane["kind"]): string {
  switch (kind) {
    case "program":
      return msg("program", { id: "net-lane-program" });
    case "machine":
      return msg("machine of the room", { id: "net-lane-machine" });
    case "outside":
      return msg("outside the page", { id: "net-lane-outside" });
  }
}
