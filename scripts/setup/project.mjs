// @ts-check
import { pathToFileURL } from "node:url";
import { stampBridge, stampPage } from "./commit.mjs";
import { whenChanged } from "./fingerprint.mjs";
import { packageManager } from "./package-manager.mjs";
import { inProject } from "./paths.mjs";
import { filesOfProjects } from "./references.mjs";
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

/** What decides over everything that is built, beside the sources. */
const FOR_ALL = ["package.json", "pnpm-lock.yaml"];

/**
 * What each build reads and leaves behind. The inputs come from the project references, so that a package that is newly built
 * upon is one of them.
 *
 * @type {Readonly<Record<"bridge" | "abuse" | "check" | "headless" | "lessonCheck" | "types" | "page", () => { inputs: string[], outputs: string[] }>>}
 */
export const builds = {
  bridge: () => compiled(["bridge"], ["bridge/dist/main.js"]),
  abuse: () => compiled(["bridge", "bridge/abuse"], ["bridge/dist/main.js", "bridge/abuse/dist/main.js"]),
  check: () => compiled(["packages/check"], ["packages/check/dist/main.js"]),
  lessonCheck: () => compiled(["packages/lesson-check"], ["packages/lesson-check/dist/main.js"]),
  headless: () => compiled(["packages/headless"], ["packages/headless/dist/main.js"]),
  types: () => compiled(["."], ["bridge/dist/main.js", "packages/zone/dist/index.js", "bench/dist/main.js"]),
  // The packages whole: the page also takes texts, styles and WASM modules, of which TypeScript does not know.
  page: () => ({
    inputs: [...compiled(["web", "web/tsconfig.worker.json"], []).inputs, "packages", "web", "vite.config.ts"],
    outputs: ["web/dist/index.html"],
  }),
};

/** @param {string[]} projects @param {string[]} programs what has to be there beside TypeScript's own record of the build */
function compiled(projects, programs) {
  const { inputs, outputs } = filesOfProjects(projects);
  return { inputs: [...FOR_ALL, ...inputs], outputs: [...programs, ...outputs] };
}

/** The commit changes where nothing has to be compiled again. @param {string} note */
function withBridgeStamp(note) {
  stampBridge();
  return note;
}

/** What Node runs to serve: the bridge, and the packages under it. */
export function buildBridge() {
  return step("bridge", () => whenChanged({ name: "bridge", ...builds.bridge(), make: () => runTool("tsc", ["-b", "bridge"]) }).then(withBridgeStamp));
}

/** The bridge, and the attacks on it. */
export function buildAbuse() {
  return step("attacks", () =>
    whenChanged({ name: "abuse", ...builds.abuse(), make: () => runTool("tsc", ["-b", "bridge", "bridge/abuse"]) }).then(withBridgeStamp),
  );
}

/** What Node runs for `npm run check`. */
export function buildCheck() {
  return step("check", () => whenChanged({ name: "check", ...builds.check(), make: () => runTool("tsc", ["-b", "packages/check"]) }));
}

/** What Node runs for `npm run lessons`: the check of lessons, and a bridge that it starts. */
export function buildLessonCheck() {
  return step("lessons", () =>
    whenChanged({ name: "lessons", ...builds.lessonCheck(), make: () => runTool("tsc", ["-b", "packages/lesson-check"]) }).then(withBridgeStamp),
  );
}

/** What Node runs for `npm run zone`. */
export function buildHeadless() {
  return step("runner", () => whenChanged({ name: "headless", ...builds.headless(), make: () => runTool("tsc", ["-b", "packages/headless"]) }));
}

/** Checks the types of everything and compiles what Node runs. */
export function buildTypes() {
  return step("types", () => whenChanged({ name: "types", ...builds.types(), make: () => runTool("tsc", ["-b"]) }).then(withBridgeStamp));
}

/** The page, `web/dist`. */
export function buildPage() {
  return step("page", async () => {
    const note = await whenChanged({
      name: "page",
      ...builds.page(),
      make: () => runTool("vite", ["build", "--config", "vite.config.ts", "--logLevel", "warn"]),
    });
    stampPage();
    return note;
  });
}
