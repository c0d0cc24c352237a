// @ts-check

/**
 * @typedef {object} Room
 * @property {string} path                folder or file, relative to the project's top; a path belongs to the room whose path is the longest that leads to it
 * @property {readonly string[]} imports  rooms, or folders with several of them; all stand above this one
 * @property {boolean} nodeAlone          imports no package from npm, since it runs before they are installed
 */

/**
 * @param {string} path
 * @param {readonly string[]} imports
 * @param {{ nodeAlone?: boolean }} [options]
 * @returns {Room}
 */
export function room(path, imports, { nodeAlone = false } = {}) {
  return { path, imports, nodeAlone };
}
