import type { Network } from "@playground/network";
import type { Redirect } from "./lesson-machines.ts";

/**
 * The network of a learner's program, with the examiner in place of servers on the learner's own machine: a client that connects to
 * `127.0.0.1:8080`, as the lesson has it, is checked without a change of its address. `ownAddress` is the machine's own in the room.
 */
export function redirected(network: Network, redirects: readonly Redirect[], ownAddress: string): Network {
  if (redirects.length === 0) return network;
  const isOwn = (host: string): boolean => host === ownAddress || host.toLowerCase() === "localhost" || host === "127.0.0.1" || host === "::1";
  return {
    listen: (address, port, events) => network.listen(address, port, events),
    connect: (host, port, events) => {
      const redirect = isOwn(host) ? redirects.find((found) => found.port === port) : undefined;
      return network.connect(redirect?.address ?? host, port, events);
    },
  };
}
