import type { Endpoint } from "@playground/network";
import { parseIpAddress } from "./address/ip-address.ts";

/** An endpoint as the wire carries it; undefined when the socket has lost it. */
export function endpointOf(address: string | undefined, port: number | undefined): Endpoint | undefined {
  const parsed = address === undefined ? undefined : parseIpAddress(address.replace(/%.*/, ""));
  return parsed === undefined || port === undefined ? undefined : { address: parsed.text, port };
}
