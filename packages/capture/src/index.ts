export { Capture, type CaptureOptions, captureOf } from "./capture.ts";
export { CAPTURE_ERROR_CODES, CaptureError, type CaptureErrorCode } from "./capture-error.ts";
export { type ReadCapture, readPcapng } from "./pcapng/read-pcapng.ts";
export { type PcapngTexts, writePcapng } from "./pcapng/write-pcapng.ts";
export { placesText } from "./pcapng/places-text.ts";
export type { PacketCause } from "./pcapng/stream-packets.ts";
export { decodeEvents, encodeEvents } from "./codec/capture-codec.ts";
export type { CapturedRun } from "./captured-run.ts";
export type * from "./event.ts";
export type * from "./ladder-item.ts";
export { Ladder } from "./ladder/ladder.ts";
export type { NameOf } from "./ladder/lifelines.ts";
export {
  KEPT_PIECE_BYTES,
  MAX_CAPTURE_BYTES,
  MAX_CAPTURE_EVENTS,
  MAX_CAPTURE_RUNS,
  MAX_ENCODED_BYTES,
  MAX_FILE_BYTES,
  MAX_GAUGES,
  MAX_LADDER_CONNECTIONS,
  MAX_LADDER_ITEMS,
  MAX_PIECE_BYTES,
  MAX_PIECE_FIELDS,
  WAIT_NOTE_MS,
} from "./limits.ts";
export type { Note } from "./note.ts";
