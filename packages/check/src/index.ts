export { checkProject, type CheckedProject } from "./check-project.ts";
export { parseCommandLine, type CommandLine, type CheckOptions } from "./command-line.ts";
export { readLink, readPaths, ReadError, type ProjectFiles } from "./read-project.ts";
export { renderJson, renderText } from "./render.ts";
