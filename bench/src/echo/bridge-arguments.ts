/** Options of a bridge for a benchmark: the echo server is open to scripts, and the limits for a class are out of the way, since the peers have none. */
export function bridgeOptions(echoPort: string): string[] {
  const limits = {
    "max-bytes-per-second": 0,
    "max-bytes-per-second-per-address": 0,
    "max-opens-per-second-per-address": 100_000,
    "max-opens-burst-per-address": 100_000,
    "max-upgrades-per-second-per-address": 1_000,
    "max-upgrades-burst-per-address": 1_000,
  };
  return ["--allow", `host.zone.internal:${echoPort}`, ...Object.entries(limits).flatMap(([name, value]) => [`--${name}`, String(value)])];
}

/** How the bridge is started, on any free port. */
export function bridgeArguments(echoPort: string): string[] {
  return ["--port", "0", ...bridgeOptions(echoPort)];
}
