import { networkInterfaces } from "node:os";

/** Hosts that mean every address of the machine. */
const WILDCARDS = new Set(["0.0.0.0", "::"]);

/** The links by which other computers reach a bridge that listens on every address: one for each IPv4 address of the machine. */
export function linksForOthers(host: string, port: number): string[] {
  if (!WILDCARDS.has(host)) return [];
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === "IPv4" && !entry.internal)
    .map((entry) => `http://${entry.address}:${port}/`);
}
