// @ts-check
/** The parts that the map in `docs/architecture.md` begins with, each with one room of the table of imports or several. */

/**
 * @typedef {object} Part
 * @property {string} path  a folder with one room or several
 * @property {string} is    what the map says of it
 */

/** @type {readonly Part[]} */
export const PARTS = [
  { path: "packages/luau-wasm", is: "Luau as a WASM module: C++ shim, build, typed binding. Knows nothing of zone." },
  { path: "packages/wasi", is: "What both WASM modules import from WASI: a clock, and little else." },
  { path: "packages/network", is: "The network as a program sees it: the interface `Network`, failures, addresses, names of rooms. Opens nothing." },
  { path: "packages/wire", is: "Wisp packets, the zone extension, credit, the client's half of a session. Pure bytes, no I/O." },
  { path: "packages/share", is: "Projects as links and archives: the format, its versions and limits. Pure code, no I/O." },
  {
    path: "packages/tcp",
    is: "Real TCP of the computer that it runs on: what hosts mean, dialling, listening, what errors say. `TcpNetwork` is the interface `Network` over it.",
  },
  {
    path: "packages/conditions",
    is: "Delay, slices, stalls and the like between a program and its network: a decorator of `Network`. Opens nothing.",
  },
  {
    path: "packages/capture",
    is: "What was seen of programs' networks: events, a bounded ring of them, which end sent what the other received, pcapng. Pure code.",
  },
  { path: "packages/safe-text", is: "Strangers' text made safe for a console: nothing in it acts. Pure code." },
  { path: "packages/project-files", is: "Projects as they lie on a disk, in a zip or behind a link. Reads files, and asks a bridge for short links." },
  { path: "packages/headless", is: "`npm run zone`: programs in a terminal, with the real sockets of this computer and without a bridge or a page." },
  { path: "packages/luau-analysis", is: "Luau's type checker as a second WASM module: C++ shim, typed binding in UTF-16 offsets. Knows nothing of zone." },
  { path: "packages/wasm-build", is: "How both modules are compiled from Luau's sources, with a cache for each object." },
  { path: "packages/check", is: "`npm run check`: diagnostics for files and share links in a terminal." },
  { path: "packages/zone", is: "What a script sees: `zone.byteStream`, `zone.socket`, `require`, the life of a program." },
  {
    path: "packages/lessons",
    is: "Lessons: the format, texts as safe trees, results, and the examiner with `zone.check`. No I/O; runs in a page and in Node.",
  },
  { path: "packages/lesson-check", is: "`npm run lessons`: tries lessons on a real bridge in this process, and makes new ones." },
  { path: "bridge", is: "One process: serves the page, takes WebSockets, opens TCP sockets." },
  { path: "bridge/abuse", is: "Attacks on a running bridge, and who must not notice them. Knows its ports and its command line." },
  { path: "packages/cli", is: "`zone-playground`, the command of the package: starts the bridge, or programs without a browser." },
  { path: "web", is: "The page, and the worker that joins `zone` to a wire client." },
  {
    path: "e2e",
    is: "Tests in a real Chromium, and a smoke in Firefox and WebKit, against the real bridge and programs that are not ours. Drives what is built.",
  },
  { path: "docs/embedding-demo", is: "Pages of another site with the element in them. They know what `docs/embedding.md` says." },
  { path: "bench", is: "Measurements beside peers." },
  {
    path: "scripts",
    is: "`npm start`, `npm test` and the other commands. What sets up has Node alone, since it installs the rest; what is built is loaded after that.",
  },
];
