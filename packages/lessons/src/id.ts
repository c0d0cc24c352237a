import { MAX_ID_CHARS } from "./limits.ts";

/** What is wrong with an id of a course, a lesson, a step or a mistake, in words that follow its name; undefined where nothing is. */
export function idFault(id: string): string | undefined {
  if (id === "") return "is missing";
  if (id.length > MAX_ID_CHARS) return `has ${id.length} characters and may have at most ${MAX_ID_CHARS}`;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) return "has other characters than a to z, 0 to 9 and single dashes between them";
  return undefined;
}
