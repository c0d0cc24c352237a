import { CaptureError } from "../capture-error.ts";
import type { CapturedRun } from "../captured-run.ts";
import { decodeEvents } from "../codec/capture-codec.ts";
import { MAX_ENCODED_BYTES, MAX_FILE_BYTES } from "../limits.ts";
import { PacketRuns } from "./packet-runs.ts";
import { type EventsPart, readFile } from "./read-frames.ts";
import { readSegment } from "./tcp-frame.ts";

/** What a file of packets holds. */
export interface ReadCapture {
  readonly runs: readonly CapturedRun[];
  /** `events`: what a playground saved, as it was. `packets`: another program's packets, each address told as a program without a script. */
  readonly from: "events" | "packets";
  /** There were more packets than a capture has room for: these are the first. */
  readonly isCut: boolean;
}

/**
 * Reads a file that `writePcapng` wrote, or that Wireshark or tcpdump did, in pcapng or in the older pcap.
 *
 * @throws {CaptureError} where it is no such file, is damaged, or has no packets of TCP
 */
export function readPcapng(bytes: Uint8Array): ReadCapture {
  if (bytes.length > MAX_FILE_BYTES) throw new CaptureError("too-large", `the file has ${bytes.length} bytes; ${MAX_FILE_BYTES} are allowed`);
  const { frames, parts } = readFile(bytes);
  const events = joined(parts);
  if (events) return { runs: decodeEvents(events), from: "events", isCut: false };
  const runs = new PacketRuns();
  let count = 0;
  for (const frame of frames) {
    count += 1;
    const segment = readSegment(frame);
    if (segment) runs.add(frame.at, segment);
    if (runs.isCut) break;
  }
  if (runs.isEmpty) throw new CaptureError("no-tcp", `the file has ${count} packets, and none of TCP`);
  return { runs: runs.finish(), from: "packets", isCut: runs.isCut };
}

/** The parts of the events as one; undefined where there are none, or one is missing: then the packets say what they can. */
function joined(parts: readonly EventsPart[]): Uint8Array | undefined {
  const [first] = parts;
  if (!first || first.parts !== parts.length || parts.some(({ part }, index) => part !== index)) return undefined;
  const size = parts.reduce((total, part) => total + part.bytes.length, 0);
  if (size > MAX_ENCODED_BYTES) throw new CaptureError("too-large", `the file's events have ${size} bytes; ${MAX_ENCODED_BYTES} are allowed`);
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const part of parts) {
    bytes.set(part.bytes, position);
    position += part.bytes.length;
  }
  return bytes;
}
