/** `npm run zone`: see `helpText` in command-line.ts. */
import { setFlagsFromString } from "node:v8";

// V8 optimises Luau's interpreter once it has run so much of it, which takes 20 MB, and the process keeps most of that. With V8's own
// number a server that waits for clients is there after a second; with this one after minutes, and a program that computes at once all the same.
setFlagsFromString("--wasm-tiering-budget=2000000000");

// Only now: what is compiled is compiled by this.
const { runCommand } = await import("./run-command.ts");

process.exitCode = await runCommand(process.argv.slice(2));
