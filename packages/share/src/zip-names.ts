/** Signatures of a zip's parts, as little-endian numbers (APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16). */
const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;

/** Bytes of both parts before what varies in length. */
const ENTRY_BYTES = 46;
const END_BYTES = 22;

/** Longest comment behind the end of the directory, bytes. */
const MAX_COMMENT_BYTES = 0xffff;

/** Bit 11 of an entry's flags: its name is UTF-8 (section 4.4.4). */
const IS_UTF8 = 0x0800;

/** The extra field in which Info-ZIP keeps a name in UTF-8 beside one in another encoding (section 4.6.9): a version, a checksum of the other name, the name. */
const UNICODE_PATH = 0x7075;
const UNICODE_PATH_HEAD_BYTES = 5;

/**
 * The names that an archive's directory has, by those that a reader gives who takes names without the flag for Latin-1. Windows writes
 * them in the code page of its console (866 where Russian is spoken), and some tools write UTF-8 and do not say so. Empty when there
 * is no directory to be read, or more than `most` entries in it.
 */
export function zipNames(archive: Uint8Array, most: number): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) return names;
  let at = view.getUint32(end + 16, true);
  for (let count = 0; count < most && at + ENTRY_BYTES <= archive.length && view.getUint32(at, true) === DIRECTORY_ENTRY; count++) {
    const flags = view.getUint16(at + 8, true);
    const [nameBytes, extraBytes, commentBytes] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const name = archive.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    const extra = archive.subarray(at + ENTRY_BYTES + nameBytes, at + ENTRY_BYTES + nameBytes + extraBytes);
    const isUtf8 = (flags & IS_UTF8) !== 0;
    if (!isUtf8) names.set(latin1(name), unicodePath(extra) ?? guessed(name));
    at += ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
  }
  return names;
}

/** Whether an archive has its end: one that lacks it was cut, and what is left of it may be whole files. */
export function hasDirectory(archive: Uint8Array): boolean {
  return endOfDirectory(new DataView(archive.buffer, archive.byteOffset, archive.byteLength)) !== undefined;
}

function endOfDirectory(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  return undefined;
}

function unicodePath(extra: Uint8Array): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  let at = 0;
  while (at + 4 <= extra.length) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (id === UNICODE_PATH && length > UNICODE_PATH_HEAD_BYTES) return utf8(extra.subarray(at + 4 + UNICODE_PATH_HEAD_BYTES, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

/** A name whose encoding nobody tells. */
function guessed(name: Uint8Array): string {
  // Windows: the code page of the console by the standard; in the west 437 or 850.
  if (isWestern(name)) return westernName(name);
  // Before UTF-8, whose Cyrillic has bytes that are no letters there, while some words of 866 make characters in UTF-8 that nobody writes.
  if (name.every((byte) => byte < 0x80 || isLetterOf866(byte))) return new TextDecoder("ibm866").decode(name);
  return utf8(name) ?? new TextDecoder("windows-1251").decode(name);
}

/** Whether a byte is a letter in code page 866: А to п, р to я, Ё and ё. */
function isLetterOf866(byte: number): boolean {
  return (byte >= 0x80 && byte <= 0xaf) || (byte >= 0xe0 && byte <= 0xf1);
}

/** Letters from 0x80 on that code pages 437 and 850 share. */
const WESTERN = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ";
const WESTERN_MORE: ReadonlyMap<number, string> = new Map([
  [0xa0, "á"],
  [0xa1, "í"],
  [0xa2, "ó"],
  [0xa3, "ú"],
  [0xa4, "ñ"],
  [0xa5, "Ñ"],
  [0xe1, "ß"],
]);

function westernLetter(byte: number): string | undefined {
  return WESTERN[byte - 0x80] ?? WESTERN_MORE.get(byte);
}

function isLatinLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

/** Whether a name is one of Latin letters, some of them with marks: a Cyrillic word has no Latin letter beside its own. */
function isWestern(name: Uint8Array): boolean {
  let isBeside = false;
  for (const [index, byte] of name.entries()) {
    if (byte < 0x80) continue;
    if (westernLetter(byte) === undefined) return false;
    isBeside ||= isLatinLetter(name[index - 1]) || isLatinLetter(name[index + 1]);
  }
  return isBeside;
}

function westernName(name: Uint8Array): string {
  return Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : (westernLetter(byte) ?? ""))).join("");
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
