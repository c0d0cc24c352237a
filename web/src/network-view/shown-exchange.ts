import type { CaptureTime, ConnectionState } from "@playground/capture";
import { endpointText } from "@playground/network";
import type { ItemFilter } from "./item-filter.ts";

/** A part of what was captured, as whoever leads to it knows it. */
export interface ShownExchange {
  /** From when to when, both included. */
  readonly from: CaptureTime;
  readonly to: CaptureTime;
  /** The ends of one connection, `address:port`, as a program of the page has them. */
  readonly ends?: { readonly local: string; readonly remote: string };
}

/** What shows it: its connection as far as that is still known, else all of its time. */
export function filterOf({ from, to, ends }: ShownExchange, connections: readonly ConnectionState[]): ItemFilter {
  const connection = ends && connections.find((state) => hasEnds(state, ends) && state.since <= to && (state.until ?? to) >= from)?.key;
  return { hasPrinted: true, time: { from, to }, ...(connection !== undefined && { connection }) };
}

function hasEnds({ local, remote }: ConnectionState, ends: { readonly local: string; readonly remote: string }): boolean {
  return textOf(local) === ends.local && textOf(remote) === ends.remote;
}

function textOf(endpoint: ConnectionState["local"]): string | undefined {
  return endpoint && endpointText(endpoint.address, endpoint.port);
}
