// @ts-check

/** @typedef {readonly [number, number, number]} Version */

/**
 * Reads a version of three numbers, as Semantic Versioning has them; nothing may stand before or behind.
 *
 * @param {string} text
 * @returns {Version | undefined}
 */
export function parseVersion(text) {
  const match = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Below 0 where the first is the lower version, 0 where both are the same. @param {Version} one @param {Version} other */
export function compareVersions(one, other) {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/**
 * The text of a package.json with another version; every other byte stays.
 *
 * @param {string} text
 * @param {string} version
 * @throws {Error} where it has none
 */
export function withVersion(text, version) {
  const changed = text.replace(/^( {2}"version": ")[^"]*"/m, `$1${version}"`);
  if (JSON.parse(changed).version !== version) throw new Error('it has no line with its "version"');
  return changed;
}
