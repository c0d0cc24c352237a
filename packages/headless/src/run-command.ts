import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { ReadError } from "@playground/project-files";
import { plainText } from "@playground/safe-text";
import { CaptureFileError } from "./capture/capture-file.ts";
import { helpText, parseCommandLine, STATUS } from "./command-line.ts";
import { Run, type RunParts } from "./run.ts";

/** What differs where the command is part of something else. Each has a default for the files of this package. */
export interface CommandParts {
  /** What the reader types to get here, for the help. */
  readonly name?: string;
  /** What `--version` says; asked for it alone. */
  readonly version?: () => string | Promise<string>;
  /** The folder that paths are seen from. */
  readonly from?: string;
  /** The program of a thread, `program/program-thread.js`, where it has been bundled to another place. */
  readonly thread?: URL;
  /** The bytes of the VM. Rejects with an error whose message says how to get them. */
  readonly readVm?: () => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Runs programs in this terminal: `argv` is what stands behind the name of the command. Resolves to the exit status, when all programs
 * are over, everything that they sent has left and everything that they printed is out; a second signal ends the process.
 */
export async function runCommand(argv: readonly string[], parts: CommandParts = {}): Promise<number> {
  const command = parseCommandLine(argv, process.env);
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText(parts.name ?? "npm run zone --"));
      return STATUS.ok;
    case "version":
      process.stdout.write(`${await (parts.version ?? ownVersion)()}\n`);
      return STATUS.ok;
    case "error":
      complain(command.message);
      return STATUS.usage;
    case "run":
  }
  // V8 optimises Luau's interpreter once it has run so much of it, which takes 20 MB, and the process keeps most of that. With V8's own
  // number a server that waits for clients is there after a second; with this one after minutes, and a program that computes at once all the same.
  setFlagsFromString("--wasm-tiering-budget=2000000000");
  const readVm = parts.readVm ?? readLuauWasm;
  const runParts: RunParts = {
    // npm runs scripts in the project's folder; paths are meant from where the command was given.
    from: parts.from ?? process.env["INIT_CWD"] ?? process.cwd(),
    thread: parts.thread ?? new URL("./program/program-thread.js", import.meta.url),
    vm: async () => WebAssembly.compile(await readVm()),
    // Asked for only where it is written: to tell the commit, the package reads a file.
    version: command.options.captureFile === undefined ? "" : await (parts.version ?? ownVersion)(),
  };
  try {
    return await new Run(command.options, runParts).finish();
  } catch (error) {
    if (!(error instanceof ReadError || error instanceof CaptureFileError)) throw error;
    complain(error.message);
    return STATUS.usage;
  }
}

/** One line, whatever a stranger has called his files. */
function complain(message: string): void {
  process.stderr.write(`${plainText(message).replaceAll("\n", " ")}\n`);
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}
