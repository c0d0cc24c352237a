/** `npm run zone`: see `helpText` in command-line.ts. */
import { setFlagsFromString } from "node:v8";

// V8 optimises the interpreter once it has run so much of it. That takes 20 MB, most of which the process keeps: a server that waits
// for clients should not have it after a second, and a program that computes has it soon all the same.
setFlagsFromString("--wasm-tiering-budget=100000000");

// Only now: what is compiled is compiled by this.
const { runCommand } = await import("./run-command.ts");

process.exitCode = await runCommand(process.argv.slice(2));
