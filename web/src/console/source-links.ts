/** A mention of a place in a file, within a line of text. */
export interface SourceLink {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where the mention begins and ends, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** `name:line`, the name as files may be called (see project/file-name.ts). */
const MENTION = /([\p{L}\p{N}_][\p{L}\p{N}_.-]*):(\d{1,7})(?!\d)/gu;

/** Finds `server.luau:12` wherever the file is one of the project's. */
export function findSourceLinks(text: string, isFile: (name: string) => boolean): SourceLink[] {
  const links: SourceLink[] = [];
  // Most lines have none, and looking for letters of any script takes its time.
  if (!text.includes(":")) return links;
  for (const match of text.matchAll(MENTION)) {
    const [mention, file = "", line = ""] = match;
    if (isFile(file)) links.push({ file, line: Number(line), from: match.index, to: match.index + mention.length });
  }
  return links;
}
