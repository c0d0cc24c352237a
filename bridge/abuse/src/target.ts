/** What is attacked. */
export interface Target {
  /** `wisp-js`: the peer that the bridge is measured beside. It knows neither rooms nor the zone extension. */
  readonly kind: "bridge" | "wisp-js";
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** A TCP echo that streams of the target reach, and the name by which they do. */
  readonly echoHost: string;
  readonly echoPort: number;
}

/** Client addresses of a trial, all of loopback. */
export const ADDRESS = {
  /** Forty sessions that have nothing to do with the attacker. */
  class: "127.0.0.20",
  /** Where it is measured how a client fares that has just come, and one that stays. */
  probe: "127.0.0.30",
  /** Whoever has to find again what was theirs. */
  teacher: "127.0.0.40",
  /** The attacker's, and that of forty sessions behind the same router. */
  attacker: "127.0.0.66",
  /** A proxy that the bridge believes: with it an attacker has any number of networks. */
  proxy: "127.0.0.9",
} as const;

/** The page's largest file. */
export const LARGE_FILE = "/assets/large-0123456789.bin";
