import { CaptureError } from "../capture-error.ts";
import type { CapturedRun } from "../captured-run.ts";
import { MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS, MAX_ENCODED_BYTES } from "../limits.ts";
import { event } from "./event-codecs.ts";
import { ordinal, text, time } from "./value-codec.ts";
import { ValueReader } from "./value-reader.ts";
import { ValueWriter } from "./value-writer.ts";

/** "ZCap", then the version: what every stored capture begins with. */
const MAGIC = [0x5a, 0x43, 0x61, 0x70];
const VERSION = 1;

/** Runs and their events as bytes: for links, and beside the packets of a file. */
export function encodeEvents(runs: readonly CapturedRun[]): Uint8Array {
  const writer = new ValueWriter();
  for (const byte of [...MAGIC, VERSION]) writer.u8(byte);
  writer.uint(runs.length);
  for (const run of runs) {
    ordinal.write(writer, run.run);
    text.write(writer, run.file);
    time.write(writer, run.at);
    writer.uint(run.events.length);
    for (const one of run.events) event.write(writer, one);
  }
  return writer.finish();
}

/**
 * The runs that were encoded; of bytes that strangers may have made. Time and memory go with the number of bytes, and with the limits of
 * a capture.
 *
 * @throws {CaptureError} where the bytes are anything else
 */
export function decodeEvents(bytes: Uint8Array): CapturedRun[] {
  if (bytes.length > MAX_ENCODED_BYTES) throw new CaptureError("too-large", `the capture has ${bytes.length} bytes; ${MAX_ENCODED_BYTES} are allowed`);
  const reader = new ValueReader(bytes, 0);
  return reader.at("capture", () => {
    if (bytes.length === 0 || MAGIC.some((byte, index) => index < bytes.length && bytes[index] !== byte)) {
      throw new CaptureError(
        "not-a-capture",
        `the bytes begin with ${JSON.stringify([...bytes.subarray(0, 4)])}; a capture begins with ${JSON.stringify(MAGIC)}`,
      );
    }
    for (const _ of MAGIC) reader.u8();
    const version = reader.u8();
    if (version !== VERSION)
      throw new CaptureError("unknown-version", `the capture has version ${version}; ${VERSION} is known: open it in a newer playground`);
    const runs = readRuns(reader);
    if (reader.remaining > 0) throw reader.error("invalid", `has ${reader.remaining} bytes behind its end`);
    return runs;
  });
}

function readRuns(reader: ValueReader): CapturedRun[] {
  const seen = new Set<number>();
  let room = MAX_CAPTURE_EVENTS;
  const count = reader.at("runs", () => reader.count(MAX_CAPTURE_RUNS));
  return Array.from({ length: count }, (_, index) =>
    reader.at(`runs[${index}]`, () => {
      const run = reader.at("run", () => ordinal.read(reader));
      if (seen.has(run)) throw reader.error("invalid", `has the number ${run}, as another run`);
      seen.add(run);
      const file = reader.at("file", () => text.read(reader));
      const at = reader.at("at", () => time.read(reader));
      const events = reader.at("events", () => {
        const size = reader.count(room);
        room -= size;
        return Array.from({ length: size }, (_, number) => reader.at(number, () => event.read(reader)));
      });
      return { run, file, at, events };
    }),
  );
}
