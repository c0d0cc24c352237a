import type { NetworkStream } from "@playground/network";
import type { GaugeEvent } from "../event.ts";

/** How far one connection has come, as its two sides know it: the script's, and the network's below all conditions. */
export class RecordedConnection {
  readonly id: number;
  /** Bytes that the script's `send` took, and of those the ones that the network took. The two differ while conditions hold some up. */
  sent = 0;
  left = 0;
  /** Bytes that came from the network, that came out of the conditions, and that the script's onReceive has had. */
  arrived = 0;
  released = 0;
  received = 0;
  /** Whether the script has set an onReceive; undefined while it has not been given the connection. */
  hasReceiver: boolean | undefined;
  /** The other side's end of stream has come, and has come out of the conditions. */
  hasEnded = false;
  isEndReleased = false;
  /** The script, or the end of the program, has closed it; the close has gone to the network. */
  isClosed = false;
  isClosing = false;
  isCloseLeft = false;
  /** It is known to have failed or broken: nothing more is to be told of it. */
  isOver = false;
  /** The network's own stream; absent while the wish to connect has not come that far. */
  stream: NetworkStream | undefined;
  /** Both endpoints of an accepted one. */
  key: string | undefined;
  /** Its levels may have changed since they were last told. */
  isTouched = false;
  gauge: GaugeEvent | undefined;

  constructor(id: number) {
    this.id = id;
  }
}
