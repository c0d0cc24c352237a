import { parseArgs } from "node:util";
import { type Conditions, MAX_SEED, parseConditions } from "@playground/conditions";
import { DEFAULT_FPS, FORCE_STOP_MS, FPS_RANGE, MAX_TIMEOUT_SECONDS } from "./limits.ts";

export type Language = "en" | "ru";

export interface RunOptions {
  /** Files, folders, zips and share links. */
  readonly targets: readonly string[];
  /** Frames a second, until a script asks for another number. */
  readonly fps: number;
  readonly watch: boolean;
  /** The file that what the programs do on the network is written to, for Wireshark. */
  readonly captureFile: string | undefined;
  /** Seconds after which all programs have to be over. */
  readonly timeoutSeconds: number | undefined;
  /** Language of the explanations behind errors. */
  readonly language: Language;
  /** What is done to the network of each program. */
  readonly conditions: Conditions | undefined;
}

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "run"; readonly options: RunOptions }
  /** One sentence. */
  | { readonly kind: "error"; readonly message: string };

/** Exit statuses of the command. */
export const STATUS = {
  /** All programs have ended in good order, by themselves or because they were asked to. */
  ok: 0,
  /** A program has failed. */
  failed: 1,
  /** The command line is wrong, or something cannot be read. */
  usage: 2,
  /** `--timeout` was over: the number that timeout(1) has for it. */
  timeout: 124,
} as const;

/** What `--help` says; `name` is what the reader has typed to get there. */
export function helpText(name: string): string {
  return `${name} [options] <file, folder, zip or share link>...

Runs Luau programs in this terminal, with the real sockets of this computer and
without a bridge. Files that the named ones require are read too. Of a folder
each file is run that no other one requires; of a zip or a link what is a
program in the page. Several programs run side by side and start one after
another, of a folder servers first. A script reaches whatever this computer
reaches: run what you trust.

  --fps N            frames a second: ${FPS_RANGE[0]} to ${FPS_RANGE[1]}, ${DEFAULT_FPS} by default; a script's own
                     zone.system.setTargetFPS changes it for that script
  --watch            run again when a file changes
  --timeout SECONDS  stop what still runs then, and exit with ${STATUS.timeout}
  --conditions WHAT  how the network treats each program: school-wifi,
                     other-continent, one-byte or all-at-once; or values, as in
                     delay=100,jitter=50,rate=5000,slice=1,glue=20 (ms, bytes a
                     second, bytes), with in. or out. in front for one direction
  --seed N           what the chance in them is drawn from, 0 by default
  --capture FILE     write what the programs did on the network to FILE when all
                     is over, for Wireshark (.pcapng)
  --lang LANG        en or ru: the language of the explanations behind errors
  --help             this text
  --version          the version

print goes to standard output, warnings, errors and notices to standard error;
colours on a terminal only, and none where NO_COLOR is set. Lines of standard
input go to zone.console.onInput: of several programs to the first that takes
input, or to the one that the line names, as in "client.luau: hello".

Ctrl+C and SIGTERM run zone.cleanup; a second Ctrl+C ends at once, and so does
a program that has not stopped ${FORCE_STOP_MS / 1000} s later. A program that has no sockets, no
zone.update, no delay and no input to wait for ends by itself.

Exit status: 0 all programs have ended in good order, also by Ctrl+C; 1 one has
failed, crashed or had to be ended; 2 wrong options, or something that cannot be
read; ${STATUS.timeout} --timeout; 128 and the signal's number when a second one ended it.
`;
}

/** Reads the arguments; `environment` tells the reader's language. */
export function parseCommandLine(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): CommandLine {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        fps: { type: "string" },
        watch: { type: "boolean" },
        timeout: { type: "string" },
        conditions: { type: "string" },
        seed: { type: "string" },
        lang: { type: "string" },
        capture: { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    return failed(error instanceof Error ? oneLine(error.message) : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const fps = numberOf(values.fps, FPS_RANGE);
  if (fps === "wrong") return failed(`--fps is "${values.fps}"; it takes a number from ${FPS_RANGE[0]} to ${FPS_RANGE[1]}`);
  const timeoutSeconds = numberOf(values.timeout, [0.001, MAX_TIMEOUT_SECONDS]);
  if (timeoutSeconds === "wrong") return failed(`--timeout is "${values.timeout}"; it takes seconds, more than 0 and at most ${MAX_TIMEOUT_SECONDS}`);
  const seed = numberOf(values.seed, [0, MAX_SEED]);
  if (seed === "wrong" || (seed !== undefined && !Number.isInteger(seed)))
    return failed(`--seed is "${values.seed}"; it takes a whole number from 0 to ${MAX_SEED}`);
  if (seed !== undefined && values.conditions === undefined) return failed("--seed goes with --conditions");
  let conditions: Conditions | undefined;
  try {
    if (values.conditions !== undefined) conditions = parseConditions(values.conditions, seed ?? 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed(`--conditions: ${error.message}`);
  }
  const { lang } = values;
  if (lang !== undefined && lang !== "en" && lang !== "ru") return failed(`--lang is "${lang}"; it takes en or ru`);
  const { capture } = values;
  if (capture !== undefined && !capture.endsWith(".pcapng")) return failed(`--capture is "${capture}"; it takes a file whose name ends in .pcapng`);
  if (positionals.length === 0) return failed("name a file, a folder, a zip or a share link; --help tells more");
  const spoken = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return {
    kind: "run",
    options: {
      targets: positionals,
      fps: fps ?? DEFAULT_FPS,
      watch: values.watch === true,
      captureFile: capture,
      timeoutSeconds,
      conditions,
      language: lang ?? (spoken.startsWith("ru") ? "ru" : "en"),
    },
  };
}

function numberOf(text: string | undefined, [least, most]: readonly [number, number]): number | undefined | "wrong" {
  if (text === undefined) return undefined;
  const number = /^\d{1,10}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : "wrong";
}

/** Node explains in several sentences, and on several lines, what a dash in front of a name may mean. */
function oneLine(message: string): string {
  return message.split(/\.\s|\n/)[0] ?? message;
}

function failed(message: string): CommandLine {
  return { kind: "error", message };
}
