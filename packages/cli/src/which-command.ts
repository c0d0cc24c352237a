import { extname } from "node:path";

/** What a command line of `zone-playground` asks for, and the words that belong to it. */
export type WhichCommand =
  | { readonly kind: "bridge"; readonly args: readonly string[] }
  | { readonly kind: "run"; readonly args: readonly string[] }
  /** One sentence. */
  | { readonly kind: "error"; readonly message: string };

/** What `run` takes, by the ends of names. */
const RUNNABLE = new Set([".luau", ".lua", ".zip"]);

/** Reads the first word: `scripts` is a command of the bridge, `run` has its own, and without a command it is the bridge that starts. */
export function whichCommand(args: readonly string[]): WhichCommand {
  const [word, ...rest] = args;
  if (word === "run") return { kind: "run", args: rest };
  if (word === undefined || word === "scripts" || word.startsWith("-")) return { kind: "bridge", args };
  const advice = RUNNABLE.has(extname(word).toLowerCase()) ? `To run it: zone-playground run ${word}` : "There are run and scripts; --help tells all.";
  return { kind: "error", message: `${JSON.stringify(word)} is not a command of zone-playground. ${advice}` };
}
