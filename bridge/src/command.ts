import { type Bridge, BridgeStartError, startBridge } from "./bridge.ts";
import { parseCommandLine } from "./config/command-line.ts";
import { helpText } from "./config/help.ts";
import { type Installation, PROJECT } from "./config/installation.ts";
import { linksForOthers } from "./room-links.ts";
import type { Log } from "./log/log.ts";
import { LogWriter } from "./log/log-writer.ts";
import { withUsableNetwork } from "./usable-network.ts";
import { becomeUser, isRoot, PrivilegesError, ROOT_WARNING } from "./privileges.ts";
import { runScriptsCommand } from "./scripts-command.ts";
import { VERSION_TEXT } from "./version.ts";

/** Exit codes: the process could not do its work, and the command line was wrong. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Time after which a bridge that is being stopped ends, ms: service managers and people wait for five seconds. */
const STOP_MS = 4_800;

/** The command line of the bridge: `args` is what stands behind its name. Sets the exit code, and resolves once the bridge serves. */
export async function runBridge(args: readonly string[], installation: Installation = PROJECT): Promise<void> {
  // A reader that has gone (`npm start | head -1`) must not end the process.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    await run(args, installation);
  } catch (error) {
    process.stderr.write(
      error instanceof BridgeStartError || error instanceof PrivilegesError
        ? `${error.message}\n`
        : `${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = EXIT_FAILED;
  }
}

async function run(args: readonly string[], installation: Installation): Promise<void> {
  if (args[0] === "scripts") {
    const output = { write: (text: string) => process.stdout.write(text), writeError: (text: string) => process.stderr.write(text) };
    process.exitCode = await runScriptsCommand(args.slice(1), process.env, output, installation);
    return;
  }
  const command = parseCommandLine(args, process.env, { isTerminal: process.stderr.isTTY, installation });
  switch (command.kind) {
    case "help":
      process.stdout.write(helpText(installation));
      return;
    case "version":
      process.stdout.write(`${VERSION_TEXT}\n`);
      return;
    case "errors":
      for (const error of command.errors) process.stderr.write(`${error}\n`);
      process.exitCode = EXIT_USAGE;
      return;
    case "start":
  }
  const writer = new LogWriter({ write: (line) => process.stderr.write(line), format: command.logFormat, level: command.logLevel });
  const { log } = writer;
  const options = await withUsableNetwork(command.options, command.isNetworkDefault, log);
  const bridge = await startBridge({ ...options, log, logLinesLeftOut: () => writer.leftOut });
  // Only now: what keeps it from starting is the one thing to read.
  for (const message of command.warnings) log({ level: "warn", event: "open-to-others", message });
  if (isRoot() && command.user === undefined) log({ level: "warn", event: "root", message: ROOT_WARNING });
  if (command.user !== undefined) {
    const data = options.scripts?.kind === "files" ? options.scripts.directory : undefined;
    await becomeUser(command.user, { page: options.page, data }).catch(async (error: unknown) => {
      await bridge.close(0);
      throw error;
    });
  }
  stopOnSignals(bridge, log);
  const elsewhere = linksForOthers(options.host, bridge.port);
  const others = elsewhere.length > 0 ? ` (from other computers: ${elsewhere.join(" ")})` : "";
  process.stdout.write(`Zone Playground is ready: ${bridge.url}${others}\n`);
}

/** The first signal stops the bridge in good order, the second at once. */
function stopOnSignals(bridge: Bridge, log: Log): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    log({ level: "info", event: isStopping ? "stop-at-once" : "stop", signal });
    if (isStopping) process.exit(0);
    isStopping = true;
    // For certain, whatever waits.
    setTimeout(() => process.exit(0), STOP_MS).unref();
    void bridge.close().finally(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
