/**
 * The comment directly above a definition: lines that begin with `---`, or with `--` and end where code, an empty line or a
 * directive (`--!strict`) stands. Undefined when there is none.
 */
export function commentAbove(text: string, offset: number): string | undefined {
  const lines = text
    .slice(0, text.lastIndexOf("\n", offset - 1) + 1)
    .split("\n")
    .slice(0, -1);
  const comment: string[] = [];
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!.trim();
    if (!line.startsWith("--") || /^--(?:!|\[=*\[)/.test(line)) break;
    comment.push(line.replace(/^---?\s?/, ""));
  }
  const joined = comment.reverse().join("\n").trim();
  return joined === "" ? undefined : joined;
}
