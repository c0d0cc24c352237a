/** How the bridge is started: the echo server is open to scripts, and its limits for a class are out of the way, since the peers have none. */
export function bridgeArguments(echoPort: string): string[] {
  const limits = {
    "max-bytes-per-second": 0,
    "max-bytes-per-second-per-address": 0,
    "max-opens-per-second-per-address": 100_000,
    "max-opens-burst-per-address": 100_000,
    "max-upgrades-per-second-per-address": 1_000,
    "max-upgrades-burst-per-address": 1_000,
  };
  const options = Object.entries(limits).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return ["--port", "0", "--allow", `host.zone.internal:${echoPort}`, ...options];
}
