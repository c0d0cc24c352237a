export { type ProjectFiles, ReadError } from "./project-files.ts";
export { readPaths } from "./read-paths.ts";
export { isLink, readLinks, readTargets } from "./read-targets.ts";
