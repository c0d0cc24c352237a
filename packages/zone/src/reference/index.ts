import { BYTE_STREAM_CHAPTER } from "./byte-stream-chapter.ts";
import { CONSOLE_CHAPTER } from "./console-chapter.ts";
import { LIBRARY_CHAPTER } from "./library-chapter.ts";
import { PROGRAM_CHAPTER } from "./program-chapter.ts";
import type { Chapter, Entry } from "./reference.ts";
import { SOCKET_CHAPTER } from "./socket-chapter.ts";
import { SYSTEM_CHAPTER } from "./system-chapter.ts";

export { DEFINITIONS_PACKAGE, type Documentation, documentationSymbols, documentEntry } from "./documentation.ts";
export { renderDefinitions } from "./render-definitions.ts";
export { renderPage } from "./render-page.ts";
export { anchor, type Language, ORIGINS_NOTE, type Topic, topicsOf } from "./topics.ts";
export type { Chapter, Entry, FunctionEntry, Origin, Text, ValueEntry } from "./reference.ts";

/** The whole API, in the order of the page. */
export const REFERENCE: readonly Chapter[] = [PROGRAM_CHAPTER, SYSTEM_CHAPTER, SOCKET_CHAPTER, BYTE_STREAM_CHAPTER, CONSOLE_CHAPTER, LIBRARY_CHAPTER];

/** Every entry of the API. */
export function allEntries(): Entry[] {
  return REFERENCE.flatMap((chapter) => [...chapter.entries, ...chapter.sections.flatMap((section) => section.entries)]);
}
