import { shareVersionOf, type SharedProject } from "@playground/share";

/** What stands before a project in its stored text; the version is one of those that there have been. */
const HEAD = /^\{"version":\d{1,4},"project":/;

/** Longest head, bytes. */
const MAX_HEAD_BYTES = 32;

const CLOSING_BRACE = 0x7d;

/** The text that is stored of a project: `{"version":1,"project":…}`. `content` is the same project as `projectBytes` gives it. */
export function projectText(project: SharedProject, content: Uint8Array): string {
  return `{"version":${shareVersionOf(project)},"project":${Buffer.from(content).toString("utf8")}}`;
}

/** The project in a stored text, as bytes whose hash is the project's id. Undefined for a text that nobody stored through here. */
export function projectContent(text: Buffer): Buffer | undefined {
  const head = HEAD.exec(text.subarray(0, MAX_HEAD_BYTES).toString("latin1"))?.[0];
  if (head === undefined || text.at(-1) !== CLOSING_BRACE) return undefined;
  return text.subarray(head.length, -1);
}
