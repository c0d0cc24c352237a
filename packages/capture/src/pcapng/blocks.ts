/** Types of blocks and options of pcapng, as its specification (draft-ietf-opsawg-pcapng) has them, and how they are written here: little-endian. */
export const SECTION_HEADER = 0x0a0d_0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const SIMPLE_PACKET = 3;
export const NAME_RESOLUTION = 4;
export const ENHANCED_PACKET = 6;
export const BYTE_ORDER_MAGIC = 0x1a2b_3c4d;

export const COMMENT_OPTION = 1;
export const INTERFACE_NAME_OPTION = 2;
export const APPLICATION_OPTION = 4;

export const NAME_RECORD_IPV4 = 1;
export const NAME_RECORD_IPV6 = 2;

/** Bytes of a comment: two lines of a script and their files. Longer ones are cut; an option has at most 65,535. */
const MAX_OPTION_BYTES = 2_048;

const encoder = new TextEncoder();

/** Collects blocks. */
export class BlockWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  /** A block: its body is filled up to a multiple of 4, then come its options. */
  block(type: number, body: readonly Uint8Array[], options: readonly Uint8Array[] = []): void {
    const padded = body.flatMap((part, index) => (index === body.length - 1 ? [part, padding(body.reduce((size, one) => size + one.length, 0))] : [part]));
    const ended = options.length > 0 ? [...options, new Uint8Array(4)] : [];
    const parts = [...padded, ...ended];
    const size = 12 + parts.reduce((total, part) => total + part.length, 0);
    this.#push(u32s(type, size), ...parts, u32s(size));
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let position = 0;
    for (const part of this.#parts) {
      bytes.set(part, position);
      position += part.length;
    }
    return bytes;
  }

  #push(...parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
  }
}

/** A text as an option. */
export function textOption(code: number, text: string): Uint8Array {
  return option(code, cutUtf8(text));
}

/** A code, a length, and bytes filled up to a multiple of 4: an option, or a record of names. */
export function option(code: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + value.length + padding(value.length).length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  bytes.set(value, 4);
  return bytes;
}

export function u32s(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(4 * index, value, true);
  return bytes;
}

export function padding(size: number): Uint8Array {
  return new Uint8Array((4 - (size % 4)) % 4);
}

/** A text in UTF-8, cut at a character. */
function cutUtf8(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length <= MAX_OPTION_BYTES) return bytes;
  let end = MAX_OPTION_BYTES;
  // Bytes 10xxxxxx go on with a character.
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return bytes.slice(0, end);
}
