/**
 * The network as a program sees it: what `@playground/zone` needs, and what the wire client of `@playground/wire` is. Nothing
 * here opens a socket; whoever runs a program hands in a `Network`.
 *
 * All callbacks come asynchronously, never from inside the call that registered them, and for one
 * stream in the order in which things happened.
 */
export interface Network {
  /** Binds a TCP port. Exactly one of `onListening` and `onFailed` follows, unless `close` comes first. */
  listen(address: string, port: number, events: ListenerEvents): NetworkListener;
  /** Connects to a host. Exactly one of `onOpened` and `onFailed` follows, unless `close` or `abort` comes first. */
  connect(host: string, port: number, events: ConnectEvents): NetworkStream;
}

/** An IP address in text form and a TCP port, 0 to 65535. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Why a port could not be had, a host not be reached, or a stream ended early. */
export type NetworkErrorCode =
  | "address-in-use"
  | "address-not-ours"
  | "permission-denied"
  | "invalid-address"
  | "connection-refused"
  | "host-unreachable"
  | "unknown-host"
  | "timed-out"
  | "not-allowed"
  | "limit-exceeded"
  | "connection-reset"
  | "bridge-lost"
  | "password-required"
  | "wrong-password"
  | "too-many-attempts"
  | "room-full"
  | "internal";

/** A failure as a program is told of it. */
export interface NetworkFailure {
  readonly code: NetworkErrorCode;
  /** One English sentence for a person, which names the value at fault and says what to do. */
  readonly message: string;
}

/** What becomes of a listener. */
export interface ListenerEvents {
  onListening(bound: Endpoint): void;
  onFailed(failure: NetworkFailure): void;
  /** A client has joined. The events for its stream are what this returns. */
  onAccept(stream: NetworkStream): StreamEvents;
  /** The listener ended without `close()` being called: the bridge went away. */
  onLost(failure: NetworkFailure): void;
}

/** A port being listened on. */
export interface NetworkListener {
  /** Stops listening. Accepted streams live on. A second call does nothing. */
  close(): void;
}

/** What happens on an open stream. */
export interface StreamEvents {
  /** Bytes arrived. The receiver owns them, and gives their credit back with `consumed`. */
  onData(bytes: Uint8Array): void;
  /** The peer has ended its direction (FIN); every byte it sent came before this. */
  onEnd(): void;
  /**
   * The stream is over in both directions and nothing else follows. `failure` is absent when it ended
   * in good order. Not called after `close()` or `abort()`.
   */
  onClosed(failure?: NetworkFailure): void;
  /** Room for sending has come back after `send` took less than it was given. */
  onWritable?(): void;
}

/** What becomes of an outgoing connection. */
export interface ConnectEvents extends StreamEvents {
  onOpened(): void;
  onFailed(failure: NetworkFailure): void;
}

/**
 * What a reader asks of the room for bytes that it has not had yet:
 * - `wider`: it could have had more at once than there was room for
 * - `same`
 * - `narrower`: so much at once is too much for its time or its memory
 */
export type WindowWish = "wider" | "same" | "narrower";

/** How full the buffers of a stream are, bytes. */
export interface StreamLevels {
  /** Taken by `send` and not gone out yet. */
  readonly sendBuffer: number;
  /** What the send buffer holds at most. */
  readonly sendBufferLimit: number;
  /** What the other side may still send before more is given back by `consumed`. */
  readonly window: number;
}

/** One TCP connection. */
export interface NetworkStream {
  /** The other side. For a connecting stream, known from `onOpened` on; throws before. */
  readonly remote: Endpoint;
  /** This side, under the same rule as `remote`. */
  readonly local: Endpoint;
  /**
   * Queues bytes for sending and returns how many were taken: all of them, unless the send buffer is
   * full; 0 after `end`, `close`, `abort` or the end of the stream. The bytes are copied before return.
   */
  send(bytes: Uint8Array): number;
  /** Ends this side's direction (FIN) once everything taken by `send` has gone out. */
  end(): void;
  /**
   * This side is done with the stream: like `end`, and whatever still arrives is thrown away.
   * No event follows. The other end sees an ordinary end of stream after the last byte.
   */
  close(): void;
  /** Ends the stream at once, unsent bytes are lost; the peer may see a reset. No event follows. */
  abort(): void;
  /** Gives credit for `byteCount` received bytes back, so that the other end may send as many again: or more or less than that, as far as the network goes along with `wish`; default `same`. */
  consumed(byteCount: number, wish?: WindowWish): void;
  /** How full its buffers are at the moment; for who looks on, where the network knows. */
  levels?(): StreamLevels | undefined;
}
