/** `zone-playground`, as the package has it: the bridge, its operator's command, and programs without a browser. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { dataFolder } from "./data-folder.ts";
import { whichCommand } from "./which-command.ts";

/** Where the VM lies in the package, seen from its top; the page is served the same file. Set when the package is made. */
declare const __VM_FILE__: string;

/** Exit status of a command line that is wrong. */
const EXIT_USAGE = 2;

/** A place in the package. What is made of this file lies in a folder of it. */
const inPackage = (name: string): URL => new URL(`../${name}`, import.meta.url);

const command = whichCommand(process.argv.slice(2));
switch (command.kind) {
  case "error":
    process.stderr.write(`${command.message}\n`);
    process.exitCode = EXIT_USAGE;
    break;
  case "run": {
    const { runCommand } = await import("@playground/headless");
    process.exitCode = await runCommand(command.args, {
      name: "zone-playground run",
      version: async () => (await import("@playground/bridge/launch")).VERSION_TEXT,
      // npm's variable names the folder where npm was called, which may be another.
      from: process.cwd(),
      thread: inPackage("lib/program-thread.js"),
      readVm: async () => new Uint8Array(await readFile(inPackage(__VM_FILE__))),
    });
    break;
  }
  case "bridge": {
    const { launchBridge } = await import("@playground/bridge/launch");
    await launchBridge(command.args, {
      command: "zone-playground",
      otherCommands: ["run FILE...   (programs in this terminal, without a browser; run --help tells more)"],
      page: { path: fileURLToPath(inPackage("page")), name: "the package's own" },
      data: dataFolder({ platform: process.platform, environment: process.env, home: homedir(), path }),
    });
  }
}
