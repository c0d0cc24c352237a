import { setFlagsFromString } from "node:v8";
import type { Installation } from "./config/installation.ts";

export type { Installation };
export { VERSION_TEXT } from "./version.ts";

/**
 * Sets up the process for the bridge, then runs its command line: `args` is what stands behind its name. Sets the exit code, and resolves
 * once the bridge serves, or when there is nothing to serve.
 */
export async function launchBridge(args: readonly string[], installation?: Installation): Promise<void> {
  // The young generation of the heap stays small. Nearly all that a busy bridge allocates lies outside of the heap, and goes
  // when its owner does: with a young generation of 32 MiB that is late, and V8 collects the whole heap for it again and again.
  setFlagsFromString("--semi-space-growth-factor=1");

  // Only now: what has grown stays.
  const { runBridge } = await import("./command.ts");
  await runBridge(args, installation);
}
