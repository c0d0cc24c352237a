/** `npm run zone`: see `helpText` in command-line.ts. */
import { runCommand } from "./run-command.ts";

process.exitCode = await runCommand(process.argv.slice(2));
