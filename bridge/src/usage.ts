/** What the whole process holds at the moment, for limits, `/healthz`, `/metrics` and tests. */
export class Usage {
  /** Sessions, those that wait for their client to come back included. */
  sessions = 0;
  /** Sessions whose handshake is not complete yet. */
  handshakes = 0;
  /** Sessions without a WebSocket, which wait for their client to come back. */
  detached = 0;
  /** Streams that clients know of. */
  streams = 0;
  /** Ports that scripts listen on. */
  listeners = 0;
  /** TCP sockets to peers, those on their way and those that only flush included. */
  sockets = 0;
  /** Bytes from clients that no peer's socket has taken yet. */
  bufferedBytes = 0;
  /** Bytes that are kept for sending again after a cut. */
  resendBytes = 0;
}

/** What has happened since the process began, for `/metrics`. */
export class Totals {
  sessions = 0;
  resumptions = 0;
  streams = 0;
  listeners = 0;
  /** Bytes of data that clients sent to their peers. */
  bytesFromClients = 0;
  /** Bytes of data that peers sent to clients. */
  bytesToClients = 0;
}
