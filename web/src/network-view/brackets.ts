import type { Arrow, LadderItem } from "@playground/capture";

/** Arrows that belong together: those of one `send` that came in several pieces, or those that came as one. */
export interface Bracket {
  readonly kind: "send" | "arrival";
  /** Rows of its first and last arrow. */
  readonly first: number;
  readonly last: number;
  /** The lifeline that it stands at: of the sender or the receiver. */
  readonly at: string;
  /** The lifeline at the other end of its arrows. */
  readonly towards: string;
}

/** Rows before and behind those in sight that are looked at: a bracket that is longer has its end there. */
const REACH = 40;

/** The brackets of the rows from `from` up to before `to`. */
export function brackets(items: readonly LadderItem[], from: number, to: number): Bracket[] {
  const found = new Map<string, { kind: Bracket["kind"]; first: number; last: number; arrow: Arrow }>();
  const take = (key: string, kind: Bracket["kind"], index: number, arrow: Arrow): void => {
    const before = found.get(key);
    if (before === undefined) found.set(key, { kind, first: index, last: index, arrow });
    else before.last = index;
  };
  for (let index = Math.max(0, from - REACH); index < Math.min(items.length, to + REACH); index++) {
    const item = items[index];
    if (item?.shape !== "arrow" || item.piece === undefined) continue;
    const { send, arrival } = item.piece;
    const stream = `${item.ends.map(({ run, connection }) => `${run}.${connection}`).join("-")} ${item.from} ${item.to}`;
    if (send !== undefined && send.of !== 1) take(`send ${stream} ${send.offset}`, "send", index, item);
    if (arrival !== undefined && arrival.sends > 1) take(`arrival ${stream} ${arrival.offset}`, "arrival", index, item);
  }
  return [...found.values()]
    .filter(({ first, last }) => last > first && first < to && last >= from)
    .map(({ kind, first, last, arrow }) => ({
      kind,
      first,
      last,
      at: kind === "send" ? arrow.from : arrow.to,
      towards: kind === "send" ? arrow.to : arrow.from,
    }));
}
