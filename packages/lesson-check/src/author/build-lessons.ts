import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lessonFiles } from "./lesson-files.ts";

/** Writes the files of a lesson or a course into the folder `out`, and gives what was written and what to do with it. @throws {LessonError} */
export function buildLessons(target: string, out: string, from: string): string {
  const files = lessonFiles(target, from);
  mkdirSync(resolve(from, out), { recursive: true });
  const lines = files.map(({ name, text }) => {
    writeFileSync(resolve(from, out, name), text);
    return `${join(out, name)} (${Math.ceil(Buffer.byteLength(text) / 1000)} kB)\n`;
  });
  return `${lines.join("")}Put ${files.length === 1 ? "it" : "them, side by side,"} where a browser may fetch ${files.length === 1 ? "it" : "them"}, with the header Access-Control-Allow-Origin: *
and open /#lesson=https://host/path/${files[0]?.name ?? ""} behind the address of a playground.
`;
}
