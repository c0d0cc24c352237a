import { currentLocale } from "../../locale/locale.ts";
import type { Diagnostic } from "../language/service.ts";

/**
 * Adds what to do to the first fault of a source: what the compiler says afterwards mostly follows from it. The words
 * are fetched with the first fault that there is; without them Luau's own still stand.
 */
export async function withHelp(faults: readonly Diagnostic[], text: string): Promise<readonly Diagnostic[]> {
  const [first, ...rest] = faults;
  if (first === undefined) return faults;
  const words = await import("../../log/explanation-words.ts").catch(() => undefined);
  return words === undefined ? faults : [{ ...first, help: words.explainSyntaxError(first.message, lineAt(text, first.from))[currentLocale()] }, ...rest];
}

function lineAt(text: string, offset: number): string {
  const from = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(from, end < 0 ? text.length : end);
}
