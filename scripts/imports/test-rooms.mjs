// @ts-check
import { room } from "./room.mjs";

/**
 * The tests of the table of imports: they may look into all of what they test.
 *
 * @type {readonly import("./room.mjs").Room[]}
 */
export const TEST_ROOMS = [
  room("bridge/test", ["packages/network", "packages/wire", "packages/share", "packages/tcp", "bridge/src", "scripts"]),
  room("packages/headless/test", ["packages/share", "packages/capture", "packages/headless", "scripts"]),
  room("packages/project-files/test", ["packages/share", "packages/project-files"]),
  room("packages/lessons/test", ["packages/lessons", "scripts"]),
  room("packages/lesson-check/test", ["packages/luau-analysis", "packages/lessons", "packages/lesson-check", "scripts"]),
  room("packages/conditions/test", ["packages/network", "packages/tcp", "packages/conditions", "scripts"]),
  room("packages/tcp/test", ["packages/network", "packages/tcp", "scripts"]),
  room("packages/cli/test", ["packages/cli"]),
  room("packages/check/test", ["packages/luau-analysis", "packages/share", "packages/project-files", "packages/zone", "packages/check"]),
  room("packages/luau-analysis/test", ["packages/luau-analysis", "scripts"]),
  room("packages/luau-wasm/test", ["packages/luau-wasm", "scripts"]),
  room("packages/network/test", ["packages/network", "scripts"]),
  room("packages/share/test", ["packages/share", "scripts"]),
  room("packages/wasi/test", ["packages/wasi"]),
  room("packages/wasm-build/test", ["packages/wasm-build"]),
  room("packages/wire/test", ["packages/network", "packages/wire", "scripts"]),
  room("packages/zone/test", ["packages/network", "packages/tcp", "packages/luau-wasm", "packages/capture", "packages/zone", "scripts"]),
  room("packages/capture/test", ["packages/network", "packages/tcp", "packages/capture", "packages/zone/test", "scripts"]),
  room("web/test", [
    "packages/conditions",
    "packages/safe-text",
    "packages/capture",
    "packages/luau-wasm",
    "packages/luau-analysis",
    "packages/wire",
    "packages/share",
    "packages/zone",
    "packages/lessons",
    "web/src",
    "web/build",
    "scripts",
  ]),
  room("e2e", ["packages/wasm-build", "scripts/setup", "scripts", "bench"]),
  room("scripts/test", ["packages/wasm-build", "scripts/setup", "scripts/imports", "scripts/release", "scripts"]),
];
