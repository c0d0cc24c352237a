import { fileURLToPath } from "node:url";

/** The bridge's command line, as `npm start` runs it. */
export const BRIDGE_PROGRAM = fileURLToPath(new URL("../../bridge/dist/main.js", import.meta.url));

/** A plain Node program of `e2e/peers`, which shares no code with the playground. */
export function peerProgram(name: string): string {
  return fileURLToPath(new URL(`../peers/${name}.mjs`, import.meta.url));
}
