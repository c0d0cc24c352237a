/** What to do about a fault, in both languages: a chunk of its own, since most code has none. */
export { diagnosticHelp } from "@playground/luau-analysis";
