import type { CapturedRun } from "@playground/capture";
import * as fc from "fast-check";
import { ProgramTeller } from "./program-teller.ts";

/** What one side does next. */
interface Step {
  readonly isClient: boolean;
  readonly bytes: Uint8Array;
  /** Where its arrivals are cut. */
  readonly cuts: readonly number[];
  readonly isHeld: boolean;
}

/** A connection at random: what is sent, how it ends, and which of its ends are in the page. */
export interface RandomExchange {
  readonly steps: readonly Step[];
  readonly ending: "none" | "closes" | "half-close" | "reset" | "refused";
  readonly seen: "both" | "client" | "server";
  readonly isIpv6: boolean;
}

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.uint8Array({ minLength: 1_400, maxLength: 3_100, size: "max" })),
    fc.array(fc.nat(), { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([isClient, bytes, cuts, isHeld]) => ({
    isClient,
    bytes,
    cuts: [...new Set(cuts.map((cut) => cut % bytes.length))].filter((cut) => cut > 0).sort((a, b) => a - b),
    isHeld,
  }));

export const anyExchange: fc.Arbitrary<RandomExchange> = fc.record({
  steps: fc.array(step, { maxLength: 12 }),
  ending: fc.constantFrom("none", "closes", "half-close", "reset", "refused"),
  seen: fc.constantFrom("both", "client", "server"),
  isIpv6: fc.boolean(),
});

/** What each side sent in an exchange. */
export function sentBytes({ steps, ending }: RandomExchange): { readonly client: Buffer; readonly server: Buffer } {
  const of = (isClient: boolean): Buffer =>
    Buffer.concat(ending === "refused" ? [] : steps.filter((one) => one.isClient === isClient).map(({ bytes }) => bytes));
  return { client: of(true), server: of(false) };
}

/** The exchanges side by side, as the runs of a client and a server that were in the page. */
export function runsOfExchanges(exchanges: readonly RandomExchange[]): CapturedRun[] {
  const client = new ProgramTeller("client.luau");
  const server = new ProgramTeller("server.luau");
  for (const [index, exchange] of exchanges.entries()) tellExchange(exchange, index, client, server);
  return [client.run(1), server.run(2)];
}

function tellExchange(exchange: RandomExchange, index: number, clientInPage: ProgramTeller, serverInPage: ProgramTeller): void {
  const connection = index + 1;
  const start = index * 3;
  const address = exchange.isIpv6 ? "2001:db8::7" : "127.83.12.1";
  const local = { address, port: 40_000 + index };
  const remote = { address, port: 80 };
  const isRefused = exchange.ending === "refused";
  // An end that is not in the page tells nobody. Only its own side knows that it was refused.
  const client = exchange.seen === "server" && !isRefused ? new ProgramTeller("nc") : clientInPage;
  const server = exchange.seen === "client" ? new ProgramTeller("nc") : serverInPage;
  client.connect(start, connection, address, 80, 2);
  if (isRefused) {
    client.failed(start + 1, connection, "connection-refused");
    return;
  }
  server.accepted(start + 1, connection, 1, remote, local);
  client.opened(start + 2, connection, local, remote);
  let at = start + 3;
  let [sentByClient, sentByServer] = [0, 0];
  const half = exchange.ending === "half-close" ? Math.floor(exchange.steps.length / 2) : Infinity;
  const [first, second] = [exchange.steps.slice(0, half), exchange.steps.slice(half)];
  const tell = ({ isClient, bytes, cuts, isHeld }: Step): void => {
    const [sender, receiver] = isClient ? [client, server] : [server, client];
    const offset = isClient ? sentByClient : sentByServer;
    if (isClient) sentByClient += bytes.length;
    else sentByServer += bytes.length;
    sender.send(at, connection, bytes, { line: 5, ...(isHeld ? { held: true } : {}) });
    for (const [index, from] of [0, ...cuts].entries()) {
      const piece = bytes.subarray(from, cuts[index]);
      at += 0.5;
      if (isHeld) sender.leave(at, connection, offset + from, piece.length);
      receiver.arrive(at + 0.25, connection, piece);
    }
    receiver.receive(at + 1, connection, 9);
    at += 2;
  };
  for (const one of first) tell(one);
  if (exchange.ending === "half-close") {
    // Whose script does not know of half closes: the server's side sees the end and goes on sending, the client is not in the page.
    server.end(at, connection);
    for (const one of second) tell({ ...one, isClient: false });
    server.close(at + 1, connection);
  } else if (exchange.ending === "closes") {
    client.close(at, connection, "close", { line: 20 });
    server.end(at + 1, connection).close(at + 2, connection);
  } else if (exchange.ending === "reset") {
    client.close(at, connection, "abort", { line: 20 });
    server.broken(at + 1, connection);
  }
}
