import type { OpenStream } from "./echo-stream.ts";
import { zoneSession } from "./zone-session.ts";

/** Streams of the zone client over one WebSocket. */
export function zoneStreams(url: string, host: string, port: number): OpenStream {
  const session = zoneSession(url);
  return () =>
    new Promise((resolve, reject) => {
      let receive: ((bytes: Uint8Array) => void) | undefined;
      const stream = session.connect(host, port, {
        onOpened: () =>
          resolve({
            send: (bytes) => {
              if (stream.send(bytes) !== bytes.length) throw new Error("the send buffer is full");
            },
            onData: (receiver) => {
              receive = receiver;
            },
          }),
        onFailed: (failure) => reject(new Error(failure.message)),
        onData: (bytes) => {
          receive?.(bytes);
          stream.consumed(bytes.length);
        },
        onEnd: () => {},
        onClosed: (failure) => reject(new Error(failure?.message ?? "the stream has ended")),
      });
    });
}
