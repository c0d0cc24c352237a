// @ts-check
import { pathToFileURL } from "node:url";
import { whenChanged } from "./fingerprint.mjs";
import { packageManager } from "./package-manager.mjs";
import { inProject } from "./paths.mjs";
import { runCommand, runTool } from "./run-command.mjs";
import { say, step } from "./progress.mjs";
import { ensureSystemPackages, needs } from "./system-packages.mjs";

/** The oldest Node that everything here runs on. */
const OLDEST_NODE = [20, 19];

/** Ends with advice when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantMajor = 0, wantMinor = 0] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  throw new Error(`Node ${process.versions.node} is too old; install Node ${OLDEST_NODE.join(".")} or newer`);
}

/** The npm packages, as the lock file pins them. */
export function installDependencies() {
  return step("dependencies", () =>
    whenChanged({
      name: "dependencies",
      inputs: ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"],
      outputs: ["node_modules/.pnpm", "bridge/node_modules", "web/node_modules"],
      make: async () => runCommand(process.execPath, [await packageManager(), "install", "--frozen-lockfile"]),
    }),
  );
}

/** `dist/luau.wasm`, from the cache or compiled. */
export function buildVm() {
  return step("Luau VM", async () => {
    await ensureSystemPackages([needs.emscripten, needs.cargo]);
    const { buildLuau } = await import(pathToFileURL(inProject("packages/luau-wasm/build.mjs")).href);
    const { cached } = await buildLuau({ log: (/** @type {string} */ line) => say(`  ${line}`) });
    return cached ? "up to date" : "compiled";
  });
}

/** What Node runs to serve: the bridge, and the packages under it. */
export function buildBridge() {
  return step("bridge", () =>
    whenChanged({
      name: "bridge",
      inputs: ["packages/network", "packages/wire", "packages/share", "bridge", "tsconfig.base.json", "pnpm-lock.yaml"],
      outputs: ["bridge/dist/main.js"],
      make: () => runTool("tsc", ["-b", "bridge"]),
    }),
  );
}

/** The bridge, and the attacks on it. */
export function buildAbuse() {
  return step("attacks", () =>
    whenChanged({
      name: "abuse",
      inputs: ["packages/network", "packages/wire", "packages/share", "bridge", "tsconfig.base.json", "pnpm-lock.yaml"],
      outputs: ["bridge/dist/main.js", "bridge/abuse/dist/main.js"],
      make: () => runTool("tsc", ["-b", "bridge", "bridge/abuse"]),
    }),
  );
}

/** What Node runs for `npm run check`. */
export function buildCheck() {
  return step("check", () =>
    whenChanged({
      name: "check",
      inputs: ["packages", "tsconfig.base.json", "pnpm-lock.yaml"],
      outputs: ["packages/check/dist/main.js"],
      make: () => runTool("tsc", ["-b", "packages/check"]),
    }),
  );
}

/** Checks the types of everything and compiles what Node runs. */
export function buildTypes() {
  return step("types", () =>
    whenChanged({
      name: "types",
      inputs: ["packages", "bridge", "web", "e2e", "bench", "scripts", "tsconfig.json", "tsconfig.base.json", "pnpm-lock.yaml"],
      outputs: ["bridge/dist/main.js", "packages/zone/dist/index.js", "bench/dist/main.js"],
      make: () => runTool("tsc", ["-b"]),
    }),
  );
}

/** The page, `web/dist`. */
export function buildPage() {
  return step("page", () =>
    whenChanged({
      name: "page",
      inputs: ["packages", "web", "vite.config.ts", "pnpm-lock.yaml"],
      outputs: ["web/dist/index.html"],
      make: () => runTool("vite", ["build", "--config", "vite.config.ts", "--logLevel", "warn"]),
    }),
  );
}
