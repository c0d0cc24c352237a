export { type ProjectFiles, ReadError } from "./project-files.ts";
export { isLink, readLink } from "./read-link.ts";
export { readPaths } from "./read-paths.ts";
