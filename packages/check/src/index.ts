export { type CheckedFiles, checkProject, type CheckedProject } from "./check-project.ts";
export { parseCommandLine, type CommandLine, type CheckOptions } from "./command-line.ts";
export { renderJson, renderText } from "./render.ts";
