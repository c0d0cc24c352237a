/**
 * The module's memory as typed arrays. They are made anew when the memory grows, so read them from here each time: a copy
 * of one that is kept across a call into the module may have lost its bytes.
 */
export class Heap {
  readonly #memory: WebAssembly.Memory;
  u8!: Uint8Array<ArrayBuffer>;
  u32!: Uint32Array<ArrayBuffer>;
  i32!: Int32Array<ArrayBuffer>;
  f32!: Float32Array<ArrayBuffer>;
  f64!: Float64Array<ArrayBuffer>;
  i64!: BigInt64Array<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.refresh();
  }

  /** To be called whenever the memory has grown. */
  refresh(): void {
    const buffer = this.#memory.buffer;
    this.u8 = new Uint8Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
  }

  /** The bytes of a zero-terminated string as text. */
  cString(address: number): string {
    let end = address;
    while (this.u8[end] !== 0) end++;
    return decodeUtf8(this.u8, address, end);
  }
}

/** Texts up to this many bytes are decoded by hand when they are ASCII: calling the decoder costs more. */
const SHORT_TEXT = 48;
const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes as text. What is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT_TEXT) {
    let text = "";
    let at = start;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x80) break;
      text += String.fromCharCode(byte);
    }
    if (at === end) return text;
  }
  return utf8Decoder.decode(bytes.subarray(start, end));
}
