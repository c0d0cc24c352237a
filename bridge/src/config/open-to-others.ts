import { statSync } from "node:fs";

/** Bits of a mode that let others than the owner, or others than owner and group, in. */
const [GROUP_AND_OTHERS, OTHERS] = [0o077, 0o007] as const;

/**
 * A sentence for whoever runs the bridge when others on this machine can read or change what should be closed to them;
 * undefined where they cannot, where there is nothing yet, and on Windows, whose files have no mode.
 * `mayGroup`: whether the group of the file may read it, as a service's may that is not its owner.
 */
export function openToOthers(path: string, what: string, { mayGroup }: { readonly mayGroup: boolean }, platform = process.platform): string | undefined {
  if (platform === "win32") return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & (mayGroup ? OTHERS : GROUP_AND_OTHERS)) === 0) return undefined;
  const mode = (found.mode & 0o777).toString(8).padStart(4, "0");
  const closed = found.isDirectory() ? "700" : mayGroup ? "640" : "600";
  return `${what} ${path} has the mode ${mode}: others on this machine can get at it. Close it: chmod ${closed} ${path}`;
}
