/** What the whole process holds at the moment, for limits, `/healthz` and tests. */
export class Usage {
  /** WebSockets with a session. */
  sessions = 0;
  /** Streams that clients know of. */
  streams = 0;
  /** Ports that scripts listen on. */
  listeners = 0;
  /** TCP sockets to peers, those on their way and those that only flush included. */
  sockets = 0;
  /** Bytes from clients that no peer's socket has taken yet. */
  bufferedBytes = 0;
}
