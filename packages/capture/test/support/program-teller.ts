import type { ByteField, CallSite, CaptureEvent, CapturedRun, CaptureTime } from "@playground/capture";
import type { Endpoint, NetworkErrorCode } from "@playground/network";

/** A moment in November 2026: what `performance.timeOrigin + performance.now()` is like. */
export const BEGINNING: CaptureTime = 1_795_000_000_000.25;

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Tells the events of one program as a recorder would; times are milliseconds from `BEGINNING`, offsets are counted here. */
export class ProgramTeller {
  readonly file: string;
  readonly events: CaptureEvent[] = [];
  #entry = 1;
  readonly #sent = new Map<number, number>();
  readonly #arrived = new Map<number, number>();
  readonly #received = new Map<number, number>();

  constructor(file: string) {
    this.file = file;
  }

  run(run: number): CapturedRun {
    return { run, file: this.file, at: BEGINNING, events: this.events };
  }

  add(event: CaptureEvent): this {
    this.events.push(event);
    return this;
  }

  site(line: number): CallSite {
    return { entry: this.#entry, place: { file: this.file, line } };
  }

  /** The host calls into the script again. */
  enter(): number {
    this.#entry += 1;
    return this.#entry;
  }

  program(ms: number, state: "started" | "stopped" | "failed"): this {
    return this.add({ type: "program", at: BEGINNING + ms, state });
  }

  printed(ms: number, text: string): this {
    return this.add({ type: "printed", at: BEGINNING + ms, level: "print", text, entry: this.#entry });
  }

  listen(ms: number, listener: number, bound: Endpoint, line = 1): this {
    this.add({ type: "listen", at: BEGINNING + ms, listener, address: "0.0.0.0", port: bound.port, site: this.site(line) });
    return this.add({ type: "listening", at: BEGINNING + ms + 1, listener, bound });
  }

  connect(ms: number, connection: number, host: string, port: number, line = 1): this {
    return this.add({ type: "connect", at: BEGINNING + ms, connection, host, port, site: this.site(line) });
  }

  opened(ms: number, connection: number, local: Endpoint, remote: Endpoint): this {
    return this.add({ type: "opened", at: BEGINNING + ms, connection, local, remote });
  }

  failed(ms: number, connection: number, code: NetworkErrorCode): this {
    return this.add({ type: "connect-failed", at: BEGINNING + ms, connection, failure: { code, message: `it failed: ${code}` } });
  }

  accepted(ms: number, connection: number, listener: number, local: Endpoint, remote: Endpoint): this {
    return this.add({ type: "accepted", at: BEGINNING + ms, connection, listener, local, remote });
  }

  send(ms: number, connection: number, bytes: Uint8Array, more: { line?: number; asked?: number; held?: true; fields?: readonly ByteField[] } = {}): this {
    const offset = this.#sent.get(connection) ?? 0;
    this.#sent.set(connection, offset + bytes.length);
    const { line = 1, asked = bytes.length, held, fields } = more;
    return this.add({
      type: "send",
      at: BEGINNING + ms,
      connection,
      offset,
      size: bytes.length,
      asked,
      bytes,
      ...(fields ? { fields } : {}),
      ...(held ? { held } : {}),
      site: this.site(line),
    });
  }

  leave(ms: number, connection: number, offset: number, size: number): this {
    return this.add({ type: "leave", at: BEGINNING + ms, connection, offset, size });
  }

  arrive(ms: number, connection: number, bytes: Uint8Array, held?: true): this {
    const offset = this.#arrived.get(connection) ?? 0;
    this.#arrived.set(connection, offset + bytes.length);
    return this.add({ type: "arrive", at: BEGINNING + ms, connection, offset, size: bytes.length, bytes, ...(held ? { held } : {}) });
  }

  release(ms: number, connection: number, offset: number, size: number): this {
    return this.add({ type: "release", at: BEGINNING + ms, connection, offset, size });
  }

  /** The script's onReceive is called, with all that has arrived or with so many bytes. */
  receive(ms: number, connection: number, line = 1, count?: number): this {
    const offset = this.#received.get(connection) ?? 0;
    const size = count ?? (this.#arrived.get(connection) ?? 0) - offset;
    this.#received.set(connection, offset + size);
    this.enter();
    return this.add({ type: "receive", at: BEGINNING + ms, connection, offset, size, site: this.site(line) });
  }

  fieldsRead(ms: number, connection: number, offset: number, fields: readonly ByteField[]): this {
    return this.add({ type: "fields-read", at: BEGINNING + ms, connection, offset, fields });
  }

  close(ms: number, connection: number, how: "close" | "abort" = "close", more: { line?: number; unread?: number; held?: true } = {}): this {
    const { line = 1, unread = 0, held } = more;
    const offset = this.#sent.get(connection) ?? 0;
    return this.add({ type: "close", at: BEGINNING + ms, connection, how, offset, unread, ...(held ? { held } : {}), site: this.site(line) });
  }

  announced(ms: number, connection: number, line = 1): this {
    this.enter();
    return this.add({ type: "announced", at: BEGINNING + ms, connection, site: this.site(line) });
  }

  end(ms: number, connection: number): this {
    return this.add({ type: "end", at: BEGINNING + ms, connection, offset: this.#arrived.get(connection) ?? 0 });
  }

  endTold(ms: number, connection: number, line = 1): this {
    this.enter();
    return this.add({ type: "end-told", at: BEGINNING + ms, connection, site: this.site(line) });
  }

  broken(ms: number, connection: number, code: NetworkErrorCode = "connection-reset"): this {
    return this.add({ type: "broken", at: BEGINNING + ms, connection, failure: { code, message: `it broke: ${code}` } });
  }

  gauge(ms: number, connection: number, gauge: { sendBuffer?: number; window?: number; waiting?: number; hasReceiver?: boolean }): this {
    const { sendBuffer = 0, window = 262_144, waiting = 0, hasReceiver } = gauge;
    return this.add({
      type: "gauge",
      at: BEGINNING + ms,
      connection,
      sendBuffer,
      sendBufferLimit: 16 * 1024 * 1024,
      window,
      waiting,
      ...(hasReceiver === undefined ? {} : { hasReceiver }),
    });
  }
}
