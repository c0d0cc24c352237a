/** The memory of a capture that is full, as a process of its own: prints the megabytes that it takes beside an empty one. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Capture, type CaptureEvent, MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS } from "@playground/capture";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Memory of buffers goes a while after they do. */
function collect(): void {
  for (let count = 0; count < 3; count++) gc();
}

const [kind = ""] = process.argv.slice(2);
const pieceBytes = kind === "events" ? 16 : Math.floor((4 * MAX_CAPTURE_BYTES) / MAX_CAPTURE_EVENTS);

/** A conversation of one connection, as it comes from a worker: each batch with memory of its own. */
function batch(first: number): CaptureEvent[] {
  const bytes = new Uint8Array(pieceBytes * 20);
  const events: CaptureEvent[] = [];
  for (let index = 0; index < 10; index++) {
    const at = 1.7e12 + first * 10 + index;
    const offset = (first * 10 + index) * pieceBytes;
    const piece = { connection: 1, offset, size: pieceBytes } as const;
    const site = { entry: first, place: { file: "client.luau", line: 12 } };
    events.push({ type: "send", at, ...piece, asked: pieceBytes, bytes: bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes), site });
    events.push({ type: "arrive", at, ...piece, bytes: bytes.subarray((index + 10) * pieceBytes, (index + 11) * pieceBytes) });
    events.push({ type: "receive", at, ...piece, site });
  }
  return structuredClone(events, { transfer: [bytes.buffer] });
}

collect();
const before = process.memoryUsage();
const capture = new Capture();
const run = capture.beginRun("client.luau", 1.7e12);
const ends = { local: { address: "127.0.0.1", port: 40_000 }, remote: { address: "127.0.0.1", port: 8_080 } };
capture.add(run, [
  { type: "connect", at: 1.7e12, connection: 1, host: "127.0.0.1", port: 8_080 },
  { type: "opened", at: 1.7e12, connection: 1, ...ends },
]);
for (let index = 0; index < (2 * MAX_CAPTURE_EVENTS) / 30; index++) capture.add(run, batch(index));
// As a page has it whose reader looks at the ladder.
const { items } = capture.ladder;
collect();
const after = process.memoryUsage();
if (capture.dropped.events === 0) throw new Error("the capture is not full");
console.log((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6);
// It has to be there until now.
if (items.length === 0 || capture.ladder.items !== items) throw new Error("the ladder is empty");
