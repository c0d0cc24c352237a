import { syntaxHelp } from "../../log/explanations.ts";
import type { Diagnostic } from "../language/service.ts";

/** Adds what to do to the first fault of a source: what the compiler says afterwards mostly follows from it. */
export async function withHelp(faults: readonly Diagnostic[], text: string): Promise<readonly Diagnostic[]> {
  const [first, ...rest] = faults;
  if (first === undefined) return faults;
  const help = await syntaxHelp(first.message, lineAt(text, first.from));
  return help === undefined ? faults : [{ ...first, help }, ...rest];
}

function lineAt(text: string, offset: number): string {
  const from = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(from, end < 0 ? text.length : end);
}
