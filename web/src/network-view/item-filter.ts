import type { Arrow, ArrowPiece, CaptureTime, ConnectionKey, LadderItem, ScriptPlace } from "@playground/capture";
import { isInText, type SearchPattern } from "./search-pattern.ts";

/** What of an exchange is shown; what is absent does not narrow it. */
export interface ItemFilter {
  /** A column's key (`lanes.ts`): the program, machine or other side that takes part. */
  readonly column?: string;
  readonly connection?: ConnectionKey;
  readonly pattern?: SearchPattern;
  /** A line that sent or received. */
  readonly place?: ScriptPlace;
  /** What began in this time, both ends included. */
  readonly time?: { readonly from: CaptureTime; readonly to: CaptureTime };
  /** Printed lines are shown too. */
  readonly hasPrinted: boolean;
}

/** What a filter asks of those who know more than the item. */
export interface FilterContext {
  /** The key of a lifeline's column. */
  columnOf(lifeline: string): string | undefined;
  /** Whether an arrow's bytes hold a part of a pattern. */
  isInBytes(pattern: SearchPattern, arrow: Arrow & { readonly piece: ArrowPiece }): boolean;
}

/** Whether an item is shown. */
export function isShown(item: LadderItem, filter: ItemFilter, context: FilterContext): boolean {
  const { column, connection, pattern, place, time, hasPrinted } = filter;
  const { columnOf } = context;
  if (item.shape === "mark" && item.kind === "printed" && !hasPrinted) return false;
  if (time !== undefined && (item.at < time.from || item.at > time.to)) return false;
  if (column !== undefined && !lifelinesOf(item).some((lifeline) => columnOf(lifeline) === column)) return false;
  if (connection !== undefined && !item.ends.some((end) => isSameConnection(end, connection))) return false;
  if (place !== undefined && !placesOf(item).some(({ file, line }) => file === place.file && line === place.line)) return false;
  return pattern === undefined || holds(item, pattern, context);
}

export function isSameConnection(one: ConnectionKey, other: ConnectionKey): boolean {
  return one.run === other.run && one.connection === other.connection;
}

/** Who takes part in it; nobody where it concerns all. */
export function lifelinesOf(item: LadderItem): readonly string[] {
  if (item.shape === "arrow") return [item.from, item.to];
  return item.on === undefined ? [] : [item.on];
}

/** The lines of scripts that have to do with it. */
export function placesOf(item: LadderItem): readonly ScriptPlace[] {
  const sites = item.shape === "arrow" ? [item.sender, item.receiver, item.opener] : [item.site];
  return sites.flatMap((site) => (site?.place === undefined ? [] : [site.place]));
}

/** Bytes to be looked through, at most: what decides how long it takes. */
export function searchedBytes(item: LadderItem): number {
  return item.shape === "arrow" ? (item.piece?.bytes.length ?? 0) : (item.text?.length ?? 0);
}

function holds(item: LadderItem, pattern: SearchPattern, { isInBytes }: FilterContext): boolean {
  if (item.shape === "arrow" && item.piece !== undefined) return isInBytes(pattern, item as Arrow & { readonly piece: ArrowPiece });
  const endpoints = item.shape === "arrow" ? [item.local, item.remote, item.target] : [item.endpoint];
  const texts = [item.shape === "mark" ? item.text : undefined, item.failure?.message, ...endpoints.map((end) => end && `${end.address}:${end.port}`)];
  return texts.some((text) => text !== undefined && isInText(pattern, text));
}
