/* oxlint-disable unicorn/prefer-add-event-listener -- the client of wisp-js has these properties and nothing else */
// wisp-js has no types.
// @ts-expect-error
import { client as wisp } from "@mercuryworkshop/wisp-js/client";
import type { OpenStream } from "./echo-stream.ts";

interface WispStream {
  onmessage: (bytes: Uint8Array) => void;
  onclose: (reason: number) => void;
  send(bytes: Uint8Array): void;
}

/** Streams of the wisp-js client over one WebSocket. */
export async function wispStreams(url: string, host: string, port: number): Promise<OpenStream> {
  const connection = new wisp.ClientConnection(url, { wisp_version: 2 });
  await new Promise<void>((resolve) => {
    connection.onopen = resolve;
  });
  return () => {
    const stream = connection.create_stream(host, port) as WispStream;
    stream.onclose = (reason) => {
      throw new Error(`wisp-js closed a stream for reason ${reason}`);
    };
    return Promise.resolve({
      send: (bytes) => stream.send(bytes),
      onData: (receive) => {
        stream.onmessage = receive;
      },
    });
  };
}
