import { READ_REPORT_LIMIT } from "../limits.ts";
import type { ByteStream } from "./byte-stream.ts";
import type { ReadLog } from "./field-log.ts";

/** Streams of which something was read since the last report. */
export class ReadReports {
  #streams: ByteStream[] = [];

  /** A call is about to be noted in the stream's log. */
  expect(stream: ByteStream, log: ReadLog): void {
    if (!log.fields.isEmpty) return;
    if (this.#streams.length >= READ_REPORT_LIMIT) this.flush();
    this.#streams.push(stream);
  }

  /** Reports all that was read. To be called when a callback or a frame is over, and before bytes change. */
  flush(): void {
    if (this.#streams.length === 0) return;
    const streams = this.#streams;
    this.#streams = [];
    for (const stream of streams) {
      const { readLog } = stream;
      if (readLog === undefined || readLog.fields.isEmpty) continue;
      readLog.onRead(readLog.fields.read(stream.borrowBytes(), stream.endian === "little"));
      readLog.fields.clear();
    }
  }
}
