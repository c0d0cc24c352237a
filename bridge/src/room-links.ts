import { networkInterfaces } from "node:os";
import { endpointText } from "@playground/network";
import { isWildcardAddress } from "./address/wildcard.ts";

/** The links by which other computers reach a bridge that listens on every address: one for each IPv4 address of the machine. */
export function linksForOthers(host: string, port: number): string[] {
  if (!isWildcardAddress(host)) return [];
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === "IPv4" && !entry.internal)
    .map((entry) => `http://${endpointText(entry.address, port)}/`);
}
