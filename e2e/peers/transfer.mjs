// @ts-check
/**
 * `node transfer.mjs HOST PORT BYTES`: connects, sends so many random bytes and its end, takes what comes back,
 * and reports the hash of either. Plain Node, with nothing of the playground's.
 */
import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";

const CHUNK_BYTES = 64 * 1024;
/** See peers/transfer.mjs. */
const MODULUS = 4_294_967_291;

const [host, port, total] = [process.argv[2] ?? "", Number(process.argv[3]), Number(process.argv[4])];
const sentHash = createHash("sha256");
const receivedHash = createHash("sha256");
let [sent, received, byteHash] = [0, 0, 0];

const socket = connect(port, host);
socket.on("data", (bytes) => {
  receivedHash.update(bytes);
  received += bytes.length;
});
socket.on("error", (error) => console.log(JSON.stringify({ error: error.message })));
socket.on("end", () => {
  console.log(JSON.stringify({ received: { bytes: received, sha256: receivedHash.digest("hex") } }));
});

while (sent < total) {
  const bytes = randomBytes(Math.min(CHUNK_BYTES, total - sent));
  sentHash.update(bytes);
  for (const byte of bytes) byteHash = (byteHash * 257 + byte) % MODULUS;
  sent += bytes.length;
  if (!socket.write(bytes)) await new Promise((resolve) => socket.once("drain", () => resolve(undefined)));
}
socket.end();
console.log(JSON.stringify({ sent: { bytes: sent, sha256: sentHash.digest("hex"), byteHash } }));
