import { fileURLToPath } from "node:url";

/** Where a file or folder of the project is, by its path from the project's top. */
export const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
