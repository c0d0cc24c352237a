import { parseArgs } from "node:util";
import { PREVIEW_PORT } from "./preview/preview-port.ts";

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly targets: readonly string[]; readonly seeds: number; readonly json: boolean }
  | { readonly kind: "new"; readonly target: string }
  | { readonly kind: "build"; readonly target: string; readonly out: string }
  | { readonly kind: "preview"; readonly target: string; readonly port: number }
  /** One sentence. */
  | { readonly kind: "error"; readonly message: string };

/** The highest port: the files of a preview have the one above it. */
const MAX_PORT = 65_534;

/** Seeds that `--seeds` takes at most: minutes of work. */
const MAX_SEEDS = 200;

export const HELP = `npm run lessons -- check [options] <course or lesson folder>...
npm run lessons -- new <folder>
npm run lessons -- build <course or lesson folder> [<folder to write into>]
npm run lessons -- preview [--port N] <course or lesson folder>

check   reads lessons and tries them on a real bridge: files/ fails at its step, solution/
        passes, each mistake gets its hint, last hints are enough, both languages have the
        same steps and code, strict types hold, links lead somewhere
new     makes a folder with a lesson that passes check
build   makes one file of each lesson, to be opened from an address of your own, and of a
        course one more with its list; into the current folder where none is named
preview serves a lesson or a course in the page, shows each change of a file and each mistake
        of the format in it, and prints the link; Ctrl+C ends it

  --port N    the page's port; the files have the next one (default ${PREVIEW_PORT}, or any
              that is free; 0: any)
  --seeds N   try the solution with N seeds for chance (default 1)
  --json      findings as JSON on standard output
  --help      this text

docs/lesson-format.md says how a lesson is written.
Status: 0 when everything holds, 1 when something does not, 2 when there was nothing to try.
`;

/** Reads the arguments behind the command's name. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { seeds: { type: "string" }, port: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (error) {
    return { kind: "error", message: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const [command, ...targets] = positionals;
  const seeds = Number(values.seeds ?? 1);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MAX_SEEDS) return { kind: "error", message: `--seeds is "${values.seeds}"; it takes 1 to ${MAX_SEEDS}` };
  const port = Number(values.port ?? PREVIEW_PORT);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) return { kind: "error", message: `--port is "${values.port}"; it takes 0 to ${MAX_PORT}` };
  if (command === "preview" && targets.length === 1) return { kind: "preview", target: targets[0]!, port };
  if (command === "check" && targets.length > 0) return { kind: "check", targets, seeds, json: values.json === true };
  if (command === "new" && targets.length === 1) return { kind: "new", target: targets[0]! };
  if (command === "build" && (targets.length === 1 || targets.length === 2)) return { kind: "build", target: targets[0]!, out: targets[1] ?? "." };
  if (command === "check" || command === "new" || command === "build" || command === "preview")
    return { kind: "error", message: `name ${command === "new" ? "the folder to make" : "a folder with a course or a lesson"}; --help tells more` };
  return {
    kind: "error",
    message: command === undefined ? "say check, new, build or preview; --help tells more" : `"${command}" is unknown; say check, new, build or preview`,
  };
}
