import { readFileSync } from "node:fs";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { ReadError } from "@playground/project-files";
import { helpText, parseCommandLine, STATUS } from "./command-line.ts";
import { Run } from "./run.ts";

/** What differs where the command is part of something else. Each has a default for the files of this package. */
export interface CommandParts {
  /** What the reader types to get here, for the help. */
  readonly name?: string;
  readonly version?: string;
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
      process.stdout.write(`${parts.version ?? ownVersion()}\n`);
      return STATUS.ok;
    case "error":
      process.stderr.write(`${command.message}\n`);
      return STATUS.usage;
    case "run":
  }
  const readVm = parts.readVm ?? readLuauWasm;
  const run = new Run(command.options, {
    // npm runs scripts in the project's folder; paths are meant from where the command was given.
    from: parts.from ?? process.env["INIT_CWD"] ?? process.cwd(),
    thread: parts.thread ?? new URL("./program/program-thread.js", import.meta.url),
    vm: async () => WebAssembly.compile(await readVm()),
  });
  try {
    return await run.finish();
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return STATUS.usage;
  }
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}
