import type { PlatformPath } from "node:path";

/** Where a computer keeps what programs of a user write. */
export interface UserPlaces {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home folder, absolute. */
  readonly home: string;
  /** The path module of that system. */
  readonly path: PlatformPath;
}

/** The name of the playground's folder there. */
const FOLDER = "zone-playground";

/**
 * The folder in which the scripts of short links are kept, unless `--data` names another: where this system keeps the data of a user's
 * programs, so that they are found again wherever the command is given, and whatever becomes of the package.
 */
export function dataFolder({ platform, environment, home, path }: UserPlaces): { readonly path: string; readonly name: string } {
  // Variables with a relative path are to be taken for unset (XDG Base Directory Specification).
  const from = (variable: string): string | undefined => {
    const value = environment[variable];
    return value !== undefined && path.isAbsolute(value) ? value : undefined;
  };
  if (platform === "win32") return { path: path.join(from("LOCALAPPDATA") ?? path.join(home, "AppData", "Local"), FOLDER), name: `%LOCALAPPDATA%\\${FOLDER}` };
  if (platform === "darwin") return { path: path.join(home, "Library", "Application Support", FOLDER), name: `~/Library/Application Support/${FOLDER}` };
  return { path: path.join(from("XDG_DATA_HOME") ?? path.join(home, ".local", "share"), FOLDER), name: `~/.local/share/${FOLDER}` };
}
