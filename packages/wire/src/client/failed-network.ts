import type { CallbackQueue } from "./callback-queue.ts";
import type { ConnectEvents, Endpoint, ListenerEvents, NetworkFailure, NetworkListener, NetworkStream } from "@playground/network";

/** A listener that could not even be asked for: it fails, asynchronously, unless it is closed first. */
export function failedListener(callbacks: CallbackQueue, failure: NetworkFailure, events: ListenerEvents): NetworkListener {
  let isClosed = false;
  callbacks.defer(() => {
    if (!isClosed) events.onFailed(failure);
  });
  return {
    close() {
      isClosed = true;
    },
  };
}

/** A connection that could not even be asked for: it fails, asynchronously, unless it is closed first. */
export function failedStream(callbacks: CallbackQueue, failure: NetworkFailure, events: ConnectEvents): NetworkStream {
  let isClosed = false;
  callbacks.defer(() => {
    if (!isClosed) events.onFailed(failure);
  });
  const close = () => {
    isClosed = true;
  };
  return {
    get remote() {
      return unknownEndpoint();
    },
    get local() {
      return unknownEndpoint();
    },
    send: () => 0,
    end: () => {},
    close,
    abort: close,
    consumed: () => {},
  };
}

function unknownEndpoint(): Endpoint {
  throw new Error("the addresses of a connection that failed are not known");
}
