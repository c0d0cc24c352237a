/** `npm run lessons`: see HELP in command-line.ts. */
import { once } from "node:events";
import { runCommand } from "./run-command.ts";

// npm runs scripts in the project's folder; paths are meant from where the command was given.
process.exitCode = await runCommand(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd(), {
  out: (text) => void process.stdout.write(text),
  errors: (text) => void process.stderr.write(text),
  whenStopped: async () => {
    await Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
  },
});
