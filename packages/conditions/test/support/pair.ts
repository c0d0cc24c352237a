import { onTestFinished } from "vitest";
import { Gate } from "../../src/gate.ts";
import { ConditionControl, withConditions } from "../../src/index.ts";
import { MemoryNetwork } from "./memory-network.ts";
import { Side } from "./side.ts";
import { TestClock } from "./test-clock.ts";

/** Two programs with conditions of their own on one network: a server on port 80, and a client that connects to it. */
export interface Pair {
  readonly clock: TestClock;
  readonly network: MemoryNetwork;
  readonly client: ConditionControl;
  readonly server: ConditionControl;
  /** The client's end of the first connection. */
  readonly clientSide: Side;
  /** The server's end of the newest connection, from when its program was told of it. */
  readonly serverSide: () => Side | undefined;
  /** Connects, and gives the client's end; the server listens from the beginning. */
  connect(): Side;
  closeListener(): void;
  /** Puts the conditions in, where they are late. */
  fill(): void;
}

export function pair({
  pieceSize,
  heldChanges,
  isLate = false,
}: {
  readonly pieceSize?: (most: number) => number;
  readonly heldChanges?: () => void;
  /** Conditions are put in by `fill`, and not from the beginning. */
  readonly isLate?: boolean;
} = {}): Pair {
  const clock = new TestClock();
  const network = new MemoryNetwork(clock, pieceSize);
  const control = (): ConditionControl => new ConditionControl({ clock, ...(heldChanges !== undefined && { onHeldChanged: heldChanges }) });
  const client = control();
  const server = control();
  const clientSide = new Side(() => clock.now());
  const gates = [new Gate(network), new Gate(network)] as const;
  const fill = (): void => {
    gates[0].fill((inner) => withConditions(inner, client));
    gates[1].fill((inner) => withConditions(inner, server));
  };
  const [clientNetwork, serverNetwork] = isLate ? gates : [withConditions(network, client), withConditions(network, server)];
  let serverSide: Side | undefined;
  const listener = serverNetwork.listen("10.0.0.1", 80, {
    onListening: () => {},
    onFailed: () => {},
    onLost: () => {},
    onAccept: (stream) => {
      serverSide = new Side(() => clock.now());
      serverSide.stream = stream;
      return serverSide;
    },
  });
  onTestFinished(() => listener.close());
  return {
    clock,
    network,
    client,
    server,
    clientSide,
    serverSide: () => serverSide,
    connect: () => {
      const side = clientSide.stream === undefined ? clientSide : new Side(() => clock.now());
      side.stream = clientNetwork.connect("10.0.0.1", 80, side);
      return side;
    },
    fill,
    closeListener: () => listener.close(),
  };
}

/** The same, connected. */
export function connectedPair(options?: Parameters<typeof pair>[0]): Pair & { readonly other: Side } {
  const made = pair(options);
  made.connect();
  made.clock.settle();
  const other = made.serverSide();
  if (other === undefined) throw new Error("not connected");
  return { ...made, other };
}
