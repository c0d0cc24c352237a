import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Driver } from "unstorage";
import fsLite from "unstorage/drivers/fs-lite";

/** Ending of a file that is still being written. */
const UNFINISHED = ".tmp";

/** Age at which an unfinished file is left over from a process that was killed, ms: writing takes milliseconds. */
const LEFT_OVER_MS = 60_000;

/** What others on the machine may do with what is stored: nothing. Short links are secrets of those who share them. */
const OWNER_ONLY_DIRECTORY = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * unstorage's driver for files, with writing that survives the end of the process and of the machine's power: a value appears
 * whole under its name, or not at all. unstorage's own writes into the file that is read, so that a kill in the middle leaves a part.
 */
export function durableFiles(directory: string): Driver {
  const files = fsLite({ base: directory });
  const path = (key: string): string => join(directory, key.replaceAll(":", "/"));
  return {
    ...files,
    name: "durable-files",
    async setItem(key, value) {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      const unfinished = `${path(key)}.${randomBytes(6).toString("hex")}${UNFINISHED}`;
      try {
        const file = await open(unfinished, "wx", OWNER_ONLY_FILE);
        try {
          await file.writeFile(value, "utf8");
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path(key));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await syncDirectory(directory);
    },
    async getKeys(base, options) {
      return (await files.getKeys(base, options)).filter((key: string) => !key.endsWith(UNFINISHED));
    },
  };
}

/** Removes what killed processes were about to write. */
export async function removeLeftOvers(directory: string, now = Date.now()): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(UNFINISHED))) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && now - found.mtimeMs > LEFT_OVER_MS) await rm(path, { force: true });
  }
}

/** The new name is on the disk only once its directory is. Windows cannot open directories, and needs no such thing. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
