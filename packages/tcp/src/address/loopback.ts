import { cidr, cidrContains } from "./cidr.ts";
import type { IpAddress } from "./ip-address.ts";

/** By which a machine reaches itself over IPv4 (RFC 1122, section 3.2.1.3): on Linux each of them is one to listen on. */
export const LOOPBACK_V4 = cidr("127.0.0.0/8");

/** What programs of the host itself use of it (127.0.0.1, 127.0.0.53, 127.0.1.1); rooms stay out of it. */
export const LOOPBACK_OF_HOST = cidr("127.0.0.0/16");

/** By which a machine reaches itself over IPv6 (RFC 4291, section 2.5.3). */
export const LOOPBACK_V6 = cidr("::1/128");

/** Whether the address is in 127.0.0.0/8, or is ::1. */
export function isLoopback(address: IpAddress): boolean {
  return cidrContains(LOOPBACK_V4, address) || cidrContains(LOOPBACK_V6, address);
}

/** Whether the name is this machine's own by RFC 6761, section 6.3: `localhost`, or one that ends in it. In lower case. */
export function isLocalhost(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}
