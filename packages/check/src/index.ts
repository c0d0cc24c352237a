export { checkProject, type CheckedProject } from "./check-project.ts";
export { parseCommandLine, type CommandLine, type CheckOptions } from "./command-line.ts";
export { readLink } from "./read-link.ts";
export { readPaths, ReadError, type ProjectFiles } from "./read-project.ts";
export { renderJson, renderText } from "./render.ts";
