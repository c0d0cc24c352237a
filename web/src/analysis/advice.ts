/** What to do about a fault, in both languages: a chunk of its own, since most code has none. */
import { type Diagnostic, diagnosticHelp, type HelpText } from "@playground/luau-analysis";
import { adviseDiagnostic } from "@playground/zone/advice";

/** What is known of the mistake in the playground's own API, else in Luau. */
export function adviceOn(fault: Diagnostic): HelpText | undefined {
  return adviseDiagnostic(fault) ?? diagnosticHelp(fault.code);
}
