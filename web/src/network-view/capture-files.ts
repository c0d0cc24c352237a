/** Saving a capture for Wireshark and opening one again: fetched when the reader wants that. */
import { msg } from "@lit/localize";
import {
  type Capture,
  CaptureError,
  captureOf,
  type CapturedRun,
  type Lifeline,
  MAX_FILE_BYTES,
  placesText,
  readPcapng,
  writePcapng,
} from "@playground/capture";
import type { SavedOrigin } from "../capture/saved-capture.ts";
import { download } from "../ui/download.ts";

export { CaptureError };

/** What files of packets are sent as; there is no registered type. */
const PCAPNG_TYPE = "application/x-pcapng";

/** Has the browser save a capture as a file that Wireshark opens. `lifelines` give addresses their names. */
export function saveCapture(runs: readonly CapturedRun[], lifelines: readonly Lifeline[]): void {
  const names = new Map(lifelines.flatMap(({ kind, name, address }) => (address !== undefined && kind === "machine" ? [[address, name] as const] : [])));
  const bytes = writePcapng(runs, {
    section: msg(
      "Recorded by Zone Playground from what its programs did. The headers are rebuilt from that: addresses, ports, order, bytes and times are real; retransmissions, windows and the borders of TCP's own segments are not in this file.",
      { id: "net-file-comment" },
    ),
    application: `Zone Playground ${__PLAYGROUND_VERSION__}`,
    comment: placesText,
    nameOf: (address) => names.get(address),
  });
  download(fileName(new Date()), bytes, PCAPNG_TYPE);
}

/** Reads a file that the reader has chosen. @throws {CaptureError} */
export async function openCapture(file: File): Promise<{ readonly origin: SavedOrigin; readonly capture: Capture }> {
  // Before it is read: the file may be a film.
  if (file.size > MAX_FILE_BYTES) throw new CaptureError("too-large", `the file has ${file.size} bytes; ${MAX_FILE_BYTES} are allowed`);
  const { runs, from, isCut } = readPcapng(new Uint8Array(await file.arrayBuffer()));
  return { origin: { kind: "file", name: file.name, from, isCut }, capture: captureOf(runs) };
}

/** By the reader's clock, so that several sort by time: `network-2026-11-29-18-05-09.pcapng`. */
function fileName(at: Date): string {
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()];
  return `network-${parts.map((part) => String(part).padStart(2, "0")).join("-")}.pcapng`;
}
