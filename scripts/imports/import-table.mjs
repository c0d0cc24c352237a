// @ts-check
/**
 * Who may import whom: the one place that says it. `scripts/test/imports.test.ts` compares it with every import of the repository,
 * types included, and `npm run imports` makes the map in `docs/architecture.md` from it. After a move of folders,
 * `npm run imports -- --found` prints the rows as they are now.
 */

/**
 * @typedef {object} Room
 * @property {string} path                folder or file, relative to the project's top; a path belongs to the room whose path is the longest that leads to it
 * @property {readonly string[]} imports  rooms, or folders with several of them; all stand above this one
 * @property {boolean} nodeAlone          imports no package from npm, since it runs before they are installed
 */

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
  { path: "packages/luau-analysis", is: "Luau's type checker as a second WASM module: C++ shim, typed binding in UTF-16 offsets. Knows nothing of zone." },
  { path: "packages/wasm-build", is: "How both modules are compiled from Luau's sources, with a cache for each object." },
  { path: "packages/check", is: "`npm run check`: diagnostics for files and share links in a terminal." },
  { path: "packages/zone", is: "What a script sees: `zone.byteStream`, `zone.socket`, `require`, the life of a program." },
  { path: "bridge", is: "One process: serves the page, takes WebSockets, opens TCP sockets." },
  { path: "bridge/abuse", is: "Attacks on a running bridge, and who must not notice them. Knows its ports and its command line." },
  { path: "web", is: "The page, and the worker that joins `zone` to a wire client." },
  { path: "e2e", is: "Tests in a real Chromium, and a smoke in Firefox and WebKit, against the real bridge and programs that are not ours. Drives what is built." },
  { path: "bench", is: "Measurements beside peers." },
  { path: "scripts", is: "`npm start`, `npm test` and the other commands. What sets up has Node alone, since it installs the rest; what is built is loaded after that." },
];

/**
 * From bottom to top: a room imports only what stands above it here.
 *
 * @type {readonly Room[]}
 */
export const ROOMS = [
  // Packages, which know neither the page nor the bridge.
  room("packages/wasm-build", [], { nodeAlone: true }),
  room("packages/wasi", []),
  room("packages/network", []),
  room("packages/luau-wasm", ["packages/wasm-build", "packages/wasi"]),
  room("packages/luau-analysis", ["packages/wasm-build", "packages/wasi"]),
  room("packages/wire/src/codec", ["packages/network"]),
  room("packages/wire/src/flow", ["packages/wire/src/codec"]),
  room("packages/wire/src/client", ["packages/network", "packages/wire/src/codec", "packages/wire/src/flow"]),
  room("packages/share", ["packages/network"]),
  room("packages/zone", ["packages/network", "packages/luau-wasm"]),
  room("packages/check", ["packages/luau-analysis", "packages/share", "packages/zone"]),
  // The bridge.
  room("bridge/src/address", ["packages/network"]),
  room("bridge/src/bufferutil.d.ts", []),
  room("bridge/src/byte-rate.ts", []),
  room("bridge/src/failure.ts", ["packages/network"]),
  room("bridge/src/memory", ["packages/wire/src/codec", "packages/wire/src/flow"]),
  room("bridge/src/privileges.ts", []),
  room("bridge/src/rate-limit.ts", []),
  room("bridge/src/shares.ts", []),
  room("bridge/src/usage.ts", []),
  room("bridge/src/version.ts", []),
  room("bridge/src/limits.ts", ["packages/share", "bridge/src/shares.ts"]),
  room("bridge/src/log", ["bridge/src/rate-limit.ts"]),
  room("bridge/src/room-links.ts", ["packages/network", "bridge/src/address"]),
  room("bridge/src/over-limit.ts", ["packages/network", "bridge/src/limits.ts"]),
  room("bridge/src/policy", ["packages/network", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/limits.ts"]),
  room("bridge/src/refusals.ts", ["bridge/src/log"]),
  room("bridge/src/client", ["bridge/src/address", "bridge/src/byte-rate.ts", "bridge/src/rate-limit.ts", "bridge/src/shares.ts", "bridge/src/limits.ts", "bridge/src/over-limit.ts"]),
  room("bridge/src/projects", ["packages/share", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/over-limit.ts", "bridge/src/client"]),
  room("bridge/src/turns", ["bridge/src/limits.ts", "bridge/src/client"]),
  room("bridge/src/websocket", ["packages/wire/src/codec", "bridge/src/memory", "bridge/src/limits.ts", "bridge/src/over-limit.ts", "bridge/src/client", "bridge/src/turns"]),
  room("bridge/src/room", ["packages/network", "packages/wire/src/codec", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/rate-limit.ts", "bridge/src/limits.ts", "bridge/src/over-limit.ts", "bridge/src/client", "bridge/src/turns", "bridge/src/websocket"]),
  room("bridge/src/network", ["packages/network", "packages/wire/src/codec", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/limits.ts", "bridge/src/policy", "bridge/src/room"]),
  room("bridge/src/tcp", ["packages/network", "packages/wire/src/codec", "packages/wire/src/flow", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/memory", "bridge/src/usage.ts", "bridge/src/limits.ts", "bridge/src/policy", "bridge/src/room", "bridge/src/network"]),
  room("bridge/src/session", ["packages/network", "packages/wire/src/codec", "packages/wire/src/flow", "bridge/src/byte-rate.ts", "bridge/src/failure.ts", "bridge/src/memory", "bridge/src/rate-limit.ts", "bridge/src/usage.ts", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/over-limit.ts", "bridge/src/policy", "bridge/src/refusals.ts", "bridge/src/client", "bridge/src/turns", "bridge/src/websocket", "bridge/src/room", "bridge/src/network", "bridge/src/tcp"]),
  room("bridge/src/handlers", ["packages/network", "packages/wire/src/codec", "bridge/src/failure.ts", "bridge/src/limits.ts", "bridge/src/room", "bridge/src/network", "bridge/src/tcp", "bridge/src/session"]),
  room("bridge/src/metrics", ["bridge/src/version.ts", "bridge/src/over-limit.ts", "bridge/src/client", "bridge/src/session"]),
  room("bridge/src/http", ["packages/network", "packages/wire/src/codec", "packages/share", "bridge/src/address", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/over-limit.ts", "bridge/src/refusals.ts", "bridge/src/client", "bridge/src/projects", "bridge/src/turns", "bridge/src/websocket", "bridge/src/room", "bridge/src/session", "bridge/src/handlers", "bridge/src/metrics"]),
  room("bridge/src/bridge.ts", ["packages/network", "packages/wire/src/codec", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/memory", "bridge/src/usage.ts", "bridge/src/version.ts", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/policy", "bridge/src/refusals.ts", "bridge/src/client", "bridge/src/projects", "bridge/src/turns", "bridge/src/websocket", "bridge/src/room", "bridge/src/network", "bridge/src/tcp", "bridge/src/session", "bridge/src/metrics", "bridge/src/http"]),
  room("bridge/src/config", ["packages/network", "packages/wire/src/codec", "bridge/src/address", "bridge/src/failure.ts", "bridge/src/shares.ts", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/over-limit.ts", "bridge/src/policy", "bridge/src/projects", "bridge/src/room", "bridge/src/http", "bridge/src/bridge.ts"]),
  room("bridge/src/usable-network.ts", ["bridge/src/log", "bridge/src/bridge.ts"]),
  room("bridge/src/index.ts", ["bridge/src/version.ts", "bridge/src/limits.ts", "bridge/src/log", "bridge/src/policy", "bridge/src/bridge.ts", "bridge/src/config"]),
  room("bridge/src/scripts-command.ts", ["bridge/src/limits.ts", "bridge/src/projects", "bridge/src/config"]),
  room("bridge/src/command.ts", ["bridge/src/privileges.ts", "bridge/src/version.ts", "bridge/src/log", "bridge/src/room-links.ts", "bridge/src/bridge.ts", "bridge/src/config", "bridge/src/usable-network.ts", "bridge/src/scripts-command.ts"]),
  room("bridge/src/main.ts", ["bridge/src/command.ts"]),
  room("bridge/abuse", ["packages/network", "packages/wire/src/codec", "packages/wire/src/client", "packages/share"]),
  // The page.
  room("web/public", []),
  room("web/src/globals.d.ts", []),
  room("web/src/storage", []),
  room("web/src/ui", []),
  room("web/src/workers", ["packages/luau-wasm"]),
  room("web/src/locale", ["web/src/storage"]),
  room("web/src/theme", ["web/src/storage", "web/src/ui"]),
  room("web/src/log", ["packages/zone", "web/src/ui", "web/src/workers", "web/src/locale"]),
  room("web/src/session", ["packages/network", "packages/wire/src/codec", "packages/wire/src/client", "web/src/storage", "web/src/ui", "web/src/locale"]),
  room("web/src/programs", ["packages/network", "packages/luau-wasm", "packages/zone", "web/src/ui", "web/src/workers", "web/src/log", "web/src/session"]),
  room("web/src/room", ["packages/network", "packages/wire/src/codec", "packages/wire/src/client", "web/src/storage", "web/src/ui", "web/src/locale", "web/src/session"]),
  room("web/src/console", ["packages/share", "packages/zone", "web/src/storage", "web/src/ui", "web/src/locale", "web/src/theme", "web/src/log", "web/src/programs"]),
  room("web/src/project", ["packages/share", "web/src/ui", "web/src/locale", "web/src/programs"]),
  room("web/src/editor", ["packages/luau-wasm", "web/src/storage", "web/src/ui", "web/src/workers", "web/src/programs", "web/src/project"]),
  room("web/src/library", ["packages/share", "web/src/storage", "web/src/ui", "web/src/locale", "web/src/project"]),
  room("web/src/analysis", ["packages/luau-analysis", "packages/zone", "web/src/ui", "web/src/workers", "web/src/locale", "web/src/session", "web/src/project", "web/src/editor"]),
  room("web/src/embed", ["packages/network", "packages/share", "web/src/ui", "web/src/workers", "web/src/locale", "web/src/theme", "web/src/log", "web/src/session", "web/src/programs", "web/src/room", "web/src/console", "web/src/project", "web/src/editor"]),
  room("web/src/examples", ["web/src/ui", "web/src/locale", "web/src/library"]),
  room("web/src/share", ["packages/network", "packages/share", "web/src/storage", "web/src/ui", "web/src/locale", "web/src/room", "web/src/library"]),
  room("web/src/app", ["packages/luau-wasm", "web/src/storage", "web/src/ui", "web/src/workers", "web/src/locale", "web/src/theme", "web/src/session", "web/src/programs", "web/src/room", "web/src/console", "web/src/project", "web/src/editor", "web/src/library", "web/src/analysis", "web/src/examples", "web/src/share"]),
  room("web/src/main.ts", ["web/src/storage", "web/src/workers", "web/src/locale", "web/src/session", "web/src/programs", "web/src/project", "web/src/editor", "web/src/library", "web/src/share", "web/src/app"]),
  // What sets up, measures and starts.
  room("scripts/setup", ["packages/wasm-build", "packages/luau-wasm", "packages/luau-analysis"], { nodeAlone: true }),
  room("scripts/dev", ["scripts/setup"], { nodeAlone: true }),
  room("scripts/imports", ["scripts/setup"]),
  room("bench", ["packages/luau-wasm", "packages/luau-analysis", "packages/wire/src/codec", "packages/wire/src/client", "packages/share", "packages/zone", "scripts/setup"]),
  room("scripts/take-screenshots.mjs", ["scripts/setup"]),
  room("scripts/imports.mjs", ["scripts/imports", "scripts/setup"]),
  room("scripts", ["scripts/setup", "scripts/dev", "packages/check", "bridge/abuse", "bridge/src/main.ts", "bench"], { nodeAlone: true }),
  // Tests. They may look into all of what they test.
  room("bridge/test", ["packages/network", "packages/wire", "packages/share", "bridge/src", "scripts"]),
  room("packages/check/test", ["packages/luau-analysis", "packages/share", "packages/zone", "packages/check"]),
  room("packages/luau-analysis/test", ["packages/luau-analysis", "scripts"]),
  room("packages/luau-wasm/test", ["packages/luau-wasm", "scripts"]),
  room("packages/network/test", ["packages/network", "scripts"]),
  room("packages/share/test", ["packages/share", "scripts"]),
  room("packages/wasi/test", ["packages/wasi"]),
  room("packages/wasm-build/test", ["packages/wasm-build"]),
  room("packages/wire/test", ["packages/network", "packages/wire", "scripts"]),
  room("packages/zone/test", ["packages/network", "packages/luau-wasm", "packages/zone", "scripts"]),
  room("web/test", ["packages/luau-wasm", "packages/luau-analysis", "packages/wire", "packages/share", "packages/zone", "web/src", "scripts"]),
  room("e2e", ["scripts/setup", "scripts", "bench"]),
  room("scripts/test", ["packages/wasm-build", "scripts/setup", "scripts/imports", "scripts"]),
  // Configuration.
  room("vite.config.ts", []),
  room("vitest.config.ts", ["scripts"]),
];

/**
 * @param {string} path
 * @param {readonly string[]} imports
 * @param {{ nodeAlone?: boolean }} [options]
 * @returns {Room}
 */
function room(path, imports, { nodeAlone = false } = {}) {
  return { path, imports, nodeAlone };
}
