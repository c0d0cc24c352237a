import type { Entry, FunctionEntry, Text } from "./reference.ts";
import { type Language, ORIGIN_MARKS } from "./topics.ts";

/** What a reader is shown of an entry beside the code: Markdown. */
export interface Documentation {
  /** Its topic in the reference. */
  readonly topic: string;
  /** One paragraph each; what must not be missed comes behind the rest, and at the end whose name it is. */
  readonly text: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** What a call gives. */
  readonly result?: string;
  /** Luau code. */
  readonly example?: string;
}

/** Under which name the definitions are loaded; it begins the names of what they declare. */
export const DEFINITIONS_PACKAGE = "@zone";

/** Under which Luau's type checker keeps its own library. */
const LIBRARY_PACKAGE = "@luau";

/**
 * The entries by the names that Luau's type checker gives to what `renderDefinitions` declares:
 * `@zone/global/zone.socket.update`, `@zone/globaltype/NetConnection.send`, `@luau/global/print`.
 */
export function documentationSymbols(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.flatMap((entry) => entry.names.map((name) => [symbolOf(name, entry), entry] as const)));
}

function symbolOf(name: string, entry: Entry): string {
  if (name.includes(":")) return `${DEFINITIONS_PACKAGE}/globaltype/${name.replace(":", ".")}`;
  const isBuiltin = entry.kind !== "value" && entry.builtin?.includes(name) === true;
  return `${isBuiltin ? LIBRARY_PACKAGE : DEFINITIONS_PACKAGE}/global/${name}`;
}

/** An entry in the reader's language. */
export function documentEntry(entry: Entry, language: Language): Documentation {
  const say = (text: Text): string => text[language];
  const call: Partial<FunctionEntry> = entry.kind === "value" ? {} : entry;
  return {
    topic: entry.names[0] ?? "",
    text: [...[...entry.text, ...(entry.important ?? [])].map(say), ...(entry.origin === undefined ? [] : [`_${say(ORIGIN_MARKS[entry.origin])}_`])],
    parameters: (call.parameters ?? []).map(({ name, text }) => ({ name, text: say(text) })),
    ...(call.result !== undefined && { result: say(call.result.text) }),
    ...(entry.example !== undefined && { example: entry.example.trim() }),
  };
}
