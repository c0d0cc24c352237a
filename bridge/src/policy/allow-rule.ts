import { type Cidr, HOST_MACHINE_NAME, normalName, parseCidr } from "@playground/tcp";

/** Ports that a rule opens, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** What one `--allow` opens. */
export interface AllowRule {
  readonly target: { readonly kind: "name"; readonly name: string } | { readonly kind: "range"; readonly range: Cidr };
  readonly ports: PortRange;
  /** As the operator wrote it. */
  readonly text: string;
}

/** Every port that a connection can be made to. */
const ALL_PORTS: PortRange = { first: 1, last: 65_535 };

/**
 * Reads `<host or CIDR>[:<port or range>]`: a name, an IPv4 address or range, or an IPv6 address or range,
 * in brackets when a port follows. Gives a sentence that says what is wrong when it cannot.
 */
export function parseAllowRule(text: string): AllowRule | string {
  const parts = split(text.trim());
  if (parts === undefined) return wrong(text, "it is empty or its brackets do not match");
  const ports = parts.port === undefined ? ALL_PORTS : parsePorts(parts.port);
  if (ports === undefined) {
    return wrong(text, `${quoted(parts.port ?? "")} is not a port from 1 to 65535, nor a range such as 8000-8010`);
  }
  const range = parseCidr(parts.host);
  if (range !== undefined) return { target: { kind: "range", range }, ports, text };
  const name = parts.host.includes("/") ? undefined : normalName(parts.host);
  if (name === undefined) return wrong(text, `${quoted(parts.host)} is not a host name, an IP address or a CIDR range`);
  if (name === "localhost") return { target: { kind: "name", name: HOST_MACHINE_NAME }, ports, text };
  return { target: { kind: "name", name }, ports, text };
}

function split(text: string): { host: string; port?: string } | undefined {
  if (text === "") return undefined;
  // [::1]:80, [2001:db8::/32]:80 and [2001:db8::]/32:80
  const bracketed = /^\[([^\]]*)\](\/\d+)?(?::(.*))?$/.exec(text);
  if (bracketed?.[1]?.includes(":") === true) {
    const host = `${bracketed[1] ?? ""}${bracketed[2] ?? ""}`;
    return bracketed[3] === undefined ? { host } : { host, port: bracketed[3] };
  }
  if (/[[\]]/.test(text)) return undefined;
  const colon = text.indexOf(":");
  // More than one colon without brackets is an IPv6 address, which leaves no way to tell a port.
  if (colon === -1 || text.includes(":", colon + 1)) return { host: text };
  return { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

function parsePorts(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first >= 1 && last <= 65_535 && first <= last ? { first, last } : undefined;
}

function wrong(text: string, why: string): string {
  return `${quoted(text)} is not something that can be allowed: ${why}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
