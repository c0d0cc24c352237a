export { type CommandLine, helpText, parseCommandLine, type RunOptions, STATUS } from "./command-line.ts";
export { type CommandParts, runCommand } from "./run-command.ts";
