import { BridgeStartError, startBridge } from "./bridge.ts";
import { HELP } from "./help.ts";
import { linksFromElsewhere } from "./links.ts";
import { createLog } from "./log.ts";
import { withUsableNetwork } from "./network/usable-network.ts";
import { parseCommandLine } from "./options.ts";
import { VERSION } from "./version.ts";

/** Exit codes: the process could not do its work, and the command line was wrong. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** The command line of the bridge. */
async function main(): Promise<void> {
  const command = parseCommandLine(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "help":
      process.stdout.write(HELP);
      return;
    case "version":
      process.stdout.write(`${VERSION}\n`);
      return;
    case "errors":
      for (const error of command.errors) process.stderr.write(`${error}\n`);
      process.exitCode = EXIT_USAGE;
      return;
    case "start":
  }
  const log = createLog((text) => process.stderr.write(text));
  const options = await withUsableNetwork(command.options, command.isNetworkDefault, log);
  const bridge = await startBridge({ ...options, log });
  const stop = (): void => void bridge.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const elsewhere = linksFromElsewhere(options.host, bridge.port);
  const others = elsewhere.length > 0 ? ` (from other computers: ${elsewhere.join(" ")})` : "";
  process.stdout.write(`Zone Playground is ready: ${bridge.url}${others}\n`);
}

// A reader that has gone (`npm start | head -1`) must not end the process.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

try {
  await main();
} catch (error) {
  process.stderr.write(error instanceof BridgeStartError ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = EXIT_FAILED;
}
