// @ts-check
/**
 * `node many.mjs HOST PORT COUNT`: opens so many connections, sends a line of its own over each once all are open, and
 * reports `{"echoed": <count>}` when each has had its own line back, or `{"wrong": …}`. Keeps them open until it is ended.
 */
import { connect } from "node:net";
import { once } from "node:events";

const [host, port, count] = [process.argv[2] ?? "", Number(process.argv[3]), Number(process.argv[4])];

const sockets = await Promise.all(
  Array.from({ length: count }, async () => {
    const socket = connect(port, host);
    await once(socket, "connect");
    return socket;
  }),
);
console.log(JSON.stringify({ connected: count }));
await Promise.all(
  sockets.map(async (socket, index) => {
    const line = `line ${index} of its own\n`;
    let received = "";
    socket.write(line);
    for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
      received += String(bytes);
      if (received.length >= line.length) break;
    }
    if (received !== line) console.log(JSON.stringify({ wrong: [index, received] }));
  }),
);
console.log(JSON.stringify({ echoed: count }));
setInterval(() => {}, 60_000);
