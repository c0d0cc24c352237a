import type { Root } from "mdast";
import { directiveFromMarkdown } from "mdast-util-directive";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { directive } from "micromark-extension-directive";
import { gfmTable } from "micromark-extension-gfm-table";
import { MAX_LINE_CHARS } from "../limits.ts";
import type { Problems } from "../lesson-error.ts";

/** Marks of containers (quotes, list items, directives) that begin a line: what the parser's stack grows with. */
const MAX_LINE_MARKS = 24;

/** Parses a text, or tells why it is not even given to the parser. */
export function readMarkdown(source: string, file: string, problems: Problems): Root | undefined {
  const before = problems.list.length;
  source.split("\n").forEach((line, index) => {
    if (line.length > MAX_LINE_CHARS) problems.add(file, index + 1, `the line has ${line.length} characters and may have at most ${MAX_LINE_CHARS}; break it`);
    const marks = /^(?:\s*(?:[>*+-]|\d+[.)])(?=[\s>*+-]|$))+/.exec(line)?.[0].replace(/\s/g, "").length ?? 0;
    if (marks > MAX_LINE_MARKS) problems.add(file, index + 1, `the line begins with ${marks} marks of quotes and lists; nest less`);
  });
  if (problems.list.length > before) return undefined;
  // Of directives those on lines of their own: a colon inside of a sentence, as in 127.0.0.1:8080, is a colon.
  const { flow } = directive();
  return fromMarkdown(source, { extensions: [{ ...(flow && { flow }) }, gfmTable()], mdastExtensions: [directiveFromMarkdown(), gfmTableFromMarkdown()] });
}
