import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { FILE_CACHE_BYTES } from "../limits.ts";
import { isCompressible } from "./media-type.ts";

/** How a body is encoded on its way. */
export type Encoding = "br" | "gzip" | "identity";

/** A file of the page as it can be sent. */
export interface CachedFile {
  /** Hash of the content, in quotes, as the ETag header wants it. */
  readonly etag: string;
  readonly bytes: Buffer;
  /** The content in another encoding; the plain bytes where that does not make it smaller. */
  body(encoding: Encoding): Promise<{ readonly bytes: Buffer; readonly encoding: Encoding }>;
}

/** Below this size a header costs more than compression saves, bytes. */
const COMPRESS_FROM_BYTES = 1_024;

/** Brotli's quality: 5 of 11 packs a megabyte in some tens of milliseconds; more takes seconds for a few per cent. */
const BROTLI_QUALITY = 5;

const compressors = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

interface Entry {
  readonly file: CachedFile;
  readonly size: number;
  readonly modified: number;
  readonly cost: number;
  /** When it was last seen that the file is still the same, as `performance.now()` has it. */
  seenAt: number;
}

/** Time for which a file that was looked at counts as still the same, ms: whoever asks for it without a pause costs no look at the disk, which takes one of the four threads. */
export const SEEN_MS = 250;

/** Keeps files and their compressed forms in memory; a file that has changed is read again within `SEEN_MS`, once for all who ask for it meanwhile. */
export class FileCache {
  readonly #entries = new Map<string, Entry>();
  /** Files that are being read, by path, size and time of change. */
  readonly #reading = new Map<string, Promise<CachedFile | undefined>>();
  #cost = 0;

  /** The file, or undefined when there is no such file. */
  async get(path: string): Promise<CachedFile | undefined> {
    const recent = this.#entries.get(path);
    if (recent !== undefined && performance.now() - recent.seenAt < SEEN_MS) return recent.file;
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || !found.isFile()) return undefined;
    const known = this.#entries.get(path);
    if (known !== undefined && known.size === found.size && known.modified === found.mtimeMs) {
      known.seenAt = performance.now();
      return known.file;
    }
    const key = `${found.size} ${found.mtimeMs} ${path}`;
    const reading = this.#reading.get(key) ?? this.#read(path, found.size, found.mtimeMs).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #read(path: string, size: number, modified: number): Promise<CachedFile | undefined> {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const file = cachedFile(path, bytes);
    // Three forms at most, the compressed ones smaller than the plain one.
    this.#keep(path, { file, size, modified, cost: 3 * bytes.length, seenAt: performance.now() });
    return file;
  }

  #keep(path: string, entry: Entry): void {
    this.#cost -= this.#entries.get(path)?.cost ?? 0;
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    this.#cost += entry.cost;
    for (const [oldest, { cost }] of this.#entries) {
      if (this.#cost <= FILE_CACHE_BYTES) return;
      this.#entries.delete(oldest);
      this.#cost -= cost;
    }
  }
}

function cachedFile(path: string, bytes: Buffer): CachedFile {
  const canCompress = bytes.length >= COMPRESS_FROM_BYTES && isCompressible(path);
  // Each is made once, by the first request for it; those that come meanwhile wait for the same.
  const forms = new Map<Encoding, Promise<Buffer>>();
  return {
    etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
    bytes,
    async body(encoding) {
      if (encoding === "identity" || !canCompress) return { bytes, encoding: "identity" };
      let form = forms.get(encoding);
      if (form === undefined) {
        form = compressors[encoding](bytes);
        forms.set(encoding, form);
      }
      const compressed = await form;
      return compressed.length < bytes.length ? { bytes: compressed, encoding } : { bytes, encoding: "identity" };
    },
  };
}
