import type { NameOccurrence } from "@playground/luau-wasm";
import { ByteColumns } from "./byte-columns.ts";
import { KEYWORDS } from "./words.ts";

/** A place where a local or global is named, in UTF-16 units. */
export interface NamePlace {
  readonly from: number;
  readonly to: number;
  /** The local's number; -1 for a global. */
  readonly local: number;
  readonly kind: NameOccurrence["kind"];
}

/**
 * Why a local cannot be renamed: the source has faults; no name of a local stands there; it is a global; it is the
 * `self` of a method; the new name is no name; or it would change what a name means, at `line` (from 1).
 */
export type RenameRefusal =
  | { readonly code: "source-faulty" | "no-local" | "is-global" | "is-self" | "bad-name" }
  | { readonly code: "collision"; readonly line: number };

export type RenameResult = { readonly edits: readonly { readonly from: number; readonly to: number }[] } | RenameRefusal;

/** Reads the names of a source; undefined when it has faults. */
export type NameReader = (source: string) => readonly NameOccurrence[] | undefined;

const NAME = /^[A-Za-z_]\w*$/;

export function placesOf(source: string, read: NameReader): NamePlace[] | undefined {
  const columns = new ByteColumns(source);
  return read(source)?.map(({ line, column, length, local, kind }) => {
    const from = columns.offset(line, column);
    // Names are ASCII: a byte is a unit.
    return { from, to: from + length, local, kind };
  });
}

/** The places of the local that is named at an offset, its declaration among them; or why there is none. */
export function localAt(places: readonly NamePlace[] | undefined, offset: number): readonly NamePlace[] | RenameRefusal {
  if (places === undefined) return { code: "source-faulty" };
  const at = places.find(({ from, to, kind }) => from <= offset && offset <= to && kind !== "implicit");
  if (at === undefined) return { code: "no-local" };
  if (at.local < 0) return { code: "is-global" };
  const same = places.filter(({ local }) => local === at.local);
  return same.some(({ kind }) => kind === "implicit") ? { code: "is-self" } : same;
}

/**
 * Gives every place of the local at an offset a new name. The result is read again: if then any name stands for another
 * local than before, the new name would hide one or be hidden, and is refused.
 */
export function renameLocal(source: string, offset: number, name: string, read: NameReader): RenameResult {
  if (!NAME.test(name) || KEYWORDS.has(name)) return { code: "bad-name" };
  const places = placesOf(source, read);
  const local = localAt(places, offset);
  if ("code" in local || places === undefined) return local as RenameRefusal;
  const edits = local.map(({ from, to }) => ({ from, to })).sort((a, b) => a.from - b.from);
  const renamed = placesOf(replaceAll(source, edits, name), read);
  const changed = places.findIndex(({ local: number, kind }, index) => renamed?.[index]?.local !== number || renamed[index]?.kind !== kind);
  if (renamed?.length === places.length && changed < 0) return { edits };
  return { code: "collision", line: source.slice(0, places[Math.max(changed, 0)]?.from).split("\n").length };
}

/** Replaces ranges, given in their order, by one text. */
export function replaceAll(source: string, ranges: readonly { readonly from: number; readonly to: number }[], text: string): string {
  let result = "";
  let at = 0;
  for (const { from, to } of ranges) {
    result += source.slice(at, from) + text;
    at = to;
  }
  return result + source.slice(at);
}
