import { createHash } from "node:crypto";

const BEGIN = "<script>";
const END = "</script>";

/**
 * The scripts that stand in a page of ours, each as a source of its policy (`'sha256-…'`): what is built may run, and nothing that
 * anything puts there later. Scripts with attributes are files, or no scripts.
 */
export function inlineScriptSources(html: string): string[] {
  const sources: string[] = [];
  for (let begin = html.indexOf(BEGIN); begin !== -1;) {
    const from = begin + BEGIN.length;
    const to = html.indexOf(END, from);
    if (to === -1) break;
    sources.push(`'sha256-${createHash("sha256").update(html.slice(from, to)).digest("base64")}'`);
    begin = html.indexOf(BEGIN, to);
  }
  return sources;
}
