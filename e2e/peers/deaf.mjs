// @ts-check
/**
 * `node deaf.mjs HOST PORT`: connects, says "here", and does not read until its standard input says so. What it is
 * sent waits in its kernel, so that killing it resets the connection. Reports how much it read by the end.
 */
import { connect } from "node:net";

const socket = connect({ host: process.argv[2], port: Number(process.argv[3]), noDelay: true });
let received = 0;
socket.pause();
socket.on("error", (error) => console.log(JSON.stringify({ error: error.message })));
socket.on("connect", () => {
  socket.write("here");
  console.log(JSON.stringify({ connected: true }));
});
process.stdin.once("data", () => {
  socket.on("data", (bytes) => {
    received += bytes.length;
  });
  socket.resume();
  socket.on("end", () => {
    console.log(JSON.stringify({ received }));
    process.exit();
  });
});
