// @ts-check
/**
 * `node flood.mjs HOST PORT CONNECTIONS BYTES`: opens so many connections and writes so many bytes into each, as fast as
 * the kernel takes them, then its end. Reports the hash that each stream has, `{"blocked": <bytes>}` with what the
 * kernel has taken once nothing more could be written for a second, and `{"sent": <bytes>}` at the end.
 */
import { connect } from "node:net";

const CHUNK_BYTES = 64 * 1024;
const BLOCKED_MS = 1_000;
/** See BYTE_HASH in support/luau.ts. */
const MODULUS = 4_294_967_291;

const host = process.argv[2] ?? "";
const [port, connections, total] = process.argv.slice(3).map(Number);
if (port === undefined || connections === undefined || total === undefined) throw new Error("HOST PORT CONNECTIONS BYTES");

const chunk = Buffer.from(Array.from({ length: CHUNK_BYTES }, (_, index) => (index * 131 + (index >> 8)) % 251));
let hash = 0;
for (let bytes = 0; bytes < total; bytes += CHUNK_BYTES) {
  for (const byte of chunk) hash = (hash * 257 + byte) % MODULUS;
}
console.log(JSON.stringify({ hash }));

/** Bytes that the kernel has taken. */
let taken = 0;
let before = -1;
const watch = setInterval(() => {
  if (taken === before) {
    console.log(JSON.stringify({ blocked: taken }));
    clearInterval(watch);
  }
  before = taken;
}, BLOCKED_MS);

await Promise.all(
  Array.from({ length: connections }, async () => {
    const socket = connect(port, host);
    socket.on("error", (error) => console.log(JSON.stringify({ error: error.message })));
    for (let bytes = 0; bytes < total; bytes += CHUNK_BYTES) {
      await new Promise((resolve) => socket.write(chunk, resolve));
      taken += CHUNK_BYTES;
    }
    socket.end();
  }),
);
clearInterval(watch);
console.log(JSON.stringify({ sent: taken }));
