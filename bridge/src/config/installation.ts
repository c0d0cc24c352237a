import { fileURLToPath } from "node:url";

/** What differs where the command line has been installed from a package: where things lie, and what a reader types. */
export interface Installation {
  /** What stands before the bridge's options, such as `npm start --`. */
  readonly command: string;
  /** Commands beside the bridge's, as its help lists them: what stands behind the name, and what it is. */
  readonly otherCommands?: readonly string[];
  /** The built page: a folder, and how the help calls it. */
  readonly page: Place;
  /** Where scripts of short links are kept, unless `--data` names another folder. */
  readonly data: Place;
  /** What is said of words that are no options. */
  readonly aboutWords?: string;
}

interface Place {
  /** Absolute path. */
  readonly path: string;
  /** As a reader knows it. */
  readonly name: string;
}

/**
 * npm keeps words with dashes for itself, and gives on what follows them; PowerShell takes away the two dashes that tell it not to
 * (npm/cli#3136).
 */
const BEHIND_DASHES = `npm gives on what stands behind "--": npm start -- --host 0.0.0.0, and in PowerShell npm start '--' --host 0.0.0.0`;

/** The project's own folder, where `npm start` builds everything. */
export const PROJECT: Installation = {
  command: "npm start --",
  page: { path: fileURLToPath(new URL("../../../web/dist", import.meta.url)), name: "web/dist" },
  data: { path: fileURLToPath(new URL("../../../data", import.meta.url)), name: "data" },
  aboutWords: BEHIND_DASHES,
};
