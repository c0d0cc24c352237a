// @ts-check
/**
 * `node listener.mjs HOST PORT [COUNT]`: makes so many connections (1 unless told), and reports how each ends:
 * `{"ended": <index>}` where the other side ended it in order, `{"broken": [<index>, <code>]}` where it was reset
 * or refused.
 */
import { connect } from "node:net";

const [host, port, count] = [process.argv[2] ?? "", Number(process.argv[3]), Number(process.argv[4] ?? 1)];
let open = 0;
for (let index = 0; index < count; index++) {
  const socket = connect(port, host);
  socket.on("connect", () => {
    open += 1;
    if (open === count) console.log(JSON.stringify({ connected: count }));
  });
  socket.on("data", (bytes) => console.log(JSON.stringify({ data: bytes.toString() })));
  socket.on("end", () => console.log(JSON.stringify({ ended: index })));
  socket.on("error", (error) => console.log(JSON.stringify({ broken: [index, "code" in error ? error.code : error.message] })));
}
