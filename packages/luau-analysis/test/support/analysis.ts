import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { type Analysis, loadAnalysis } from "../../src/index.ts";
import { readAnalysisWasm } from "../../src/node.ts";

const module = WebAssembly.compile(await readAnalysisWasm());

/** What scripts have in the playground; read as a file, since this package does not know the one that makes it. */
const DEFINITIONS = readFileSync(new URL("../../../zone/zone.d.luau", import.meta.url), "utf8");

/** A project in strict mode with the playground's definitions; it ends with the test. */
export async function analyse(files: Readonly<Record<string, string>> = {}): Promise<Analysis> {
  const analysis = await loadAnalysis(await module);
  onTestFinished(() => analysis.dispose());
  analysis.setDefinitions(DEFINITIONS);
  analysis.setMode("strict");
  for (const [name, source] of Object.entries(files)) analysis.setFile(name, source);
  return analysis;
}

/** A source with the mark ¦ taken out, and the offset where it was. */
export function marked(text: string): { readonly source: string; readonly offset: number } {
  const offset = text.indexOf("¦");
  return { source: text.slice(0, offset) + text.slice(offset + 1), offset };
}
