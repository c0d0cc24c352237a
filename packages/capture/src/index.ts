export type * from "./event.ts";
export type * from "./ladder-item.ts";
export type { Note } from "./note.ts";
