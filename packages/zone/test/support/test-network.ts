import type { Network, NetworkFailure, WindowWish } from "@playground/network";

/** A network that a test can watch, and take away. */
export interface TestNetwork extends Network {
  /** Clients accepted, chunks and ends so far: what a test waits for that must know that they have come. */
  readonly happened: number;
  /** What the program last wished for the window of a connection. */
  readonly lastWish: WindowWish | undefined;
  /** Sockets of which something is left. */
  readonly openSockets: number;
  /** Everything ends, as when whatever carries the network goes away. */
  lose(failure: NetworkFailure): void;
}
