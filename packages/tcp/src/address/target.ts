import { domainToASCII } from "node:url";
import { parseIpAddress, type IpAddress } from "./ip-address.ts";

/** Where a script wants to connect or listen: an address, or a name that has to be looked up. */
export type Target =
  | { readonly kind: "address"; readonly address: IpAddress }
  /** Lower case, without the dot at the end. */
  | { readonly kind: "name"; readonly name: string };

/** Longest host name in DNS, characters (RFC 1035). */
const MAX_NAME_LENGTH = 253;

/** One label of a host name; the underscore is not strictly allowed there, but it is in use. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads the host that a script gave. Undefined when it is neither a strict IP address nor a host name;
 * a name whose last label is a number is not one, since resolvers take such names for addresses in
 * decimal, octal or hexadecimal (`2130706433`, `0177.0.0.1`, `127.1`).
 */
export function parseTarget(host: string): Target | undefined {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  const address = parseIpAddress(bare);
  if (address !== undefined) return { kind: "address", address };
  if (bare.includes(":")) return undefined;
  const name = normalName(bare);
  return name === undefined ? undefined : { kind: "name", name };
}

/** A host name in lower case and ASCII, or undefined when it is not a host name. */
export function normalName(text: string): string | undefined {
  const ascii = /^[\x21-\x7e]+$/.test(text) ? text.toLowerCase() : domainToASCII(text);
  const name = ascii.endsWith(".") ? ascii.slice(0, -1) : ascii;
  if (name === "" || name.length > MAX_NAME_LENGTH) return undefined;
  const labels = name.split(".");
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  const last = labels.at(-1) ?? "";
  if (/^\d+$/.test(last) || /^0x[0-9a-f]*$/.test(last)) return undefined;
  return name;
}
