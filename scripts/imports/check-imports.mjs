// @ts-check
/** Compares what the sources import with the table of who may import whom. */

/** @typedef {import("./read-imports.mjs").Import} Import */
/** @typedef {import("./import-table.mjs").Room} Room */

/**
 * The room that a path lies in: the one whose folder, or file, is the longest that leads to it.
 *
 * @param {string} path relative to the project's top
 * @param {readonly Room[]} rooms
 * @returns {string | undefined}
 */
export function roomOf(path, rooms) {
  let best;
  for (const { path: room } of rooms) if (isIn(path, room) && (best === undefined || room.length > best.length)) best = room;
  return best;
}

/** Whether a path is the other one or lies in it. @param {string} path @param {string} folder */
export function isIn(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * What is wrong, a sentence each: a file in no room, an import that the table does not allow or that leads up, an arrow that
 * nothing uses.
 *
 * @param {readonly Import[]} imports
 * @param {readonly string[]} files all sources, also those that import nothing
 * @param {readonly Room[]} rooms the table
 * @returns {string[]}
 */
export function faultsOf(imports, files, rooms) {
  const faults = files.filter((file) => roomOf(file, rooms) === undefined).map((file) => `${file} lies in no room of the table`);
  const byPath = new Map(rooms.map((room) => [room.path, room]));
  const place = new Map(rooms.map(({ path }, index) => [path, index]));
  /** @type {Set<string>} arrows that an import was found for */
  const used = new Set();
  for (const { from, specifier, to } of imports) {
    const room = byPath.get(roomOf(from, rooms) ?? "");
    if (room === undefined) continue;
    if (to === undefined) {
      if (room.nodeAlone && !specifier.startsWith("node:")) faults.push(`${from} imports ${specifier}; ${room.path} has Node alone`);
      continue;
    }
    const target = roomOf(to, rooms);
    if (target === undefined) faults.push(`${from} imports ${specifier}, which lies in no room of the table`);
    if (target === undefined || target === room.path) continue;
    const may = room.imports.find((entry) => isIn(target, entry));
    const isUpward = (place.get(target) ?? 0) > (place.get(room.path) ?? 0);
    if (may !== undefined && !isUpward) used.add(`${room.path} → ${may}`);
    else faults.push(`${from} imports ${specifier}: ${room.path} may not import ${target}${isUpward ? ", which stands below it in the table" : ""}`);
  }
  for (const { path, imports: entries } of rooms)
    for (const entry of entries) if (!used.has(`${path} → ${entry}`)) faults.push(`${path} may import ${entry} by the table, and does not`);
  return faults;
}

/**
 * The table as it would have to be for the imports that there are, in lines to paste: for a repository whose folders have moved.
 *
 * @param {readonly Import[]} imports
 * @param {readonly Room[]} rooms in their order; `imports` of them are of no matter
 * @returns {Map<string, string[]>}
 */
export function arrowsFound(imports, rooms) {
  const order = rooms.map(({ path }) => path);
  /** @type {Map<string, string[]>} */
  const found = new Map(order.map((path) => [path, []]));
  for (const { from, to } of imports) {
    const [room, target] = [roomOf(from, rooms), to === undefined ? undefined : roomOf(to, rooms)];
    if (room === undefined || target === undefined || room === target) continue;
    const list = found.get(room);
    if (list !== undefined && !list.includes(target)) list.push(target);
  }
  for (const list of found.values()) list.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return found;
}
