import { createServer } from "node:net";
import { BridgeStartError, type BridgeOptions } from "./bridge.ts";
import type { Log } from "./log/log.ts";

/** An address that only a LAN on loopback can bind. */
const PROBE_ADDRESS = "127.1.0.1";

/**
 * Checks that the LAN network works here, which takes all of 127.0.0.0/8 being loopback. Where it is not, falls
 * back to the host network if nobody asked for the LAN.
 * @throws {BridgeStartError} when somebody did
 */
export async function withUsableNetwork(options: BridgeOptions, isDefault: boolean, log: Log): Promise<BridgeOptions> {
  if (options.network === "host" || (await canBind(PROBE_ADDRESS))) return options;
  if (!isDefault) {
    throw new BridgeStartError("address-not-ours", `--network lan does not work here: ${PROBE_ADDRESS} cannot be bound. Use --network host.`);
  }
  log({ level: "warn", event: "network", message: `${PROBE_ADDRESS} cannot be bound here, so rooms are no LANs: --network host is used` });
  return { ...options, network: "host" };
}

async function canBind(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen({ host: address, port: 0 }, () => server.close(() => resolve(true)));
  });
}
