// @ts-check
/**
 * `node told.mjs HOST PORT`: connects, and does what each line of its standard input says, as JSON: `{"send": text}` is one
 * write; `{"glue": [text, …]}` are several that leave as one; `{"end": true}` ends its half of the connection;
 * `{"reset": true}` breaks it off. Reports `{"connected": port}` with its own port, `{"data": text}` for each arrival,
 * `{"ended": true}` and `{"broken": code}`.
 */
import { connect } from "node:net";
import { createInterface } from "node:readline";

const say = (/** @type {unknown} */ word) => console.log(JSON.stringify(word));

const socket = connect({ host: process.argv[2] ?? "", port: Number(process.argv[3]), noDelay: true, allowHalfOpen: true });
socket.on("connect", () => say({ connected: socket.localPort }));
socket.on("data", (bytes) => say({ data: bytes.toString() }));
socket.on("end", () => say({ ended: true }));
socket.on("error", (error) => say({ broken: "code" in error ? error.code : error.message }));

for await (const line of createInterface({ input: process.stdin })) {
  const { send, glue, end, reset } = JSON.parse(line);
  if (send !== undefined) socket.write(send);
  if (glue !== undefined) {
    socket.cork();
    for (const text of glue) socket.write(text);
    socket.uncork();
  }
  if (end === true) socket.end();
  if (reset === true) socket.resetAndDestroy();
}
