// @ts-check
/** A package as npm has it, `package/…` in a gzipped tar (POSIX ustar): the same files make the same bytes, wherever and whenever. */
import { gzipSync } from "node:zlib";

/**
 * @typedef {object} PackedFile
 * @property {string} path           inside the package, with slashes, ASCII
 * @property {Uint8Array} bytes
 * @property {boolean} [isProgram]   whether it can be run
 */

const BLOCK = 512;

/** What npm gives to all that it packs, since zip, which some convert packages to, knows no earlier time: 1985-10-26 08:15 UTC, in seconds. */
const MODIFIED = 499_162_500;

/** Bytes of a path in the header, and of the folders that may stand apart from it. */
const [NAME_BYTES, PREFIX_BYTES] = [100, 155];

/**
 * @param {readonly PackedFile[]} files in any order
 * @returns {Buffer}
 */
export function tarball(files) {
  const blocks = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, bytes, isProgram }) => [
      header(`package/${path}`, bytes.length, isProgram === true),
      bytes,
      new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
    ]);
  // Two empty blocks end it.
  const zipped = gzipSync(Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]), { level: 9 });
  // The header has no time as Node writes it. It names the system, which is nobody's business: 255 is unknown (RFC 1952).
  zipped[9] = 255;
  return zipped;
}

/** @param {string} path @param {number} size @param {boolean} isProgram */
function header(path, size, isProgram) {
  const block = Buffer.alloc(BLOCK);
  const { name, prefix } = split(path);
  /** @param {string} text @param {number} at */
  const put = (text, at) => block.write(text, at, "latin1");
  /** @param {number} number @param {number} at @param {number} width */
  const putOctal = (number, at, width) => put(number.toString(8).padStart(width - 1, "0"), at);
  put(name, 0);
  putOctal(isProgram ? 0o755 : 0o644, 100, 8);
  putOctal(0, 108, 8); // user
  putOctal(0, 116, 8); // group
  putOctal(size, 124, 12);
  putOctal(MODIFIED, 136, 12);
  put("        ", 148); // the checksum counts as spaces
  put("0", 156); // a file
  put("ustar\u000000", 257);
  putOctal(0, 329, 8); // device
  putOctal(0, 337, 8);
  put(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** A path as its last part and what goes before, cut where both fit. @param {string} path */
function split(path) {
  if (/[^\x20-\x7e]/.test(path)) throw new Error(`${JSON.stringify(path)} cannot be packed: names in a package are ASCII`);
  if (path.length <= NAME_BYTES) return { name: path, prefix: "" };
  for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (prefix.length <= PREFIX_BYTES && name.length <= NAME_BYTES) return { name, prefix };
  }
  throw new Error(`${JSON.stringify(path)} is too long for a package`);
}
