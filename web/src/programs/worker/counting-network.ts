import type { ConnectEvents, Network, NetworkStream, StreamEvents } from "@playground/network";

/** Bytes since the program began. */
export interface Traffic {
  bytesIn: number;
  bytesOut: number;
}

/** The same network, with what goes through it added up in `traffic`. */
export function countBytes(network: Network, traffic: Traffic): Network {
  return {
    listen: (address, port, events) =>
      network.listen(address, port, {
        onListening: (bound) => events.onListening(bound),
        onFailed: (failure) => events.onFailed(failure),
        onAccept: (stream) => counted(events.onAccept(countedStream(stream, traffic)), traffic),
        onLost: (failure) => events.onLost(failure),
      }),
    connect: (host, port, events) => {
      const connecting: ConnectEvents = {
        ...counted(events, traffic),
        onOpened: () => events.onOpened(),
        onFailed: (failure) => events.onFailed(failure),
      };
      return countedStream(network.connect(host, port, connecting), traffic);
    },
  };
}

function counted(events: StreamEvents, traffic: Traffic): StreamEvents {
  return {
    onData: (bytes) => {
      traffic.bytesIn += bytes.length;
      events.onData(bytes);
    },
    onEnd: () => events.onEnd(),
    onClosed: (failure) => events.onClosed(failure),
    onWritable: () => events.onWritable?.(),
  };
}

function countedStream(stream: NetworkStream, traffic: Traffic): NetworkStream {
  return {
    get remote() {
      return stream.remote;
    },
    get local() {
      return stream.local;
    },
    send: (bytes) => {
      const taken = stream.send(bytes);
      traffic.bytesOut += taken;
      return taken;
    },
    end: () => stream.end(),
    close: () => stream.close(),
    abort: () => stream.abort(),
    consumed: (byteCount, wish) => stream.consumed(byteCount, wish),
    levels: () => stream.levels?.(),
  };
}
