import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { PATIENCE_MS } from "./scripts/patience.ts";
import { rounds } from "./scripts/rounds.ts";

/** Milliseconds for one test, unless it says otherwise: longer than two waits in vain, so that it is told what did not come. */
const TEST_TIMEOUT_MS = rounds({ short: 3, full: 15 }) * PATIENCE_MS;
/** Test files at a time for each processor: most tests wait for timers and sockets more than they compute. */
const FILES_A_PROCESSOR = 2;

/** Packages whose tests leave nothing behind in their process, so that one process loads what they test once for many files. */
const PURE_PACKAGES = ["capture", "luau-wasm", "share", "wire", "zone"];
const PURE = [...PURE_PACKAGES.map((name) => `packages/${name}/test/**/*.test.ts`), "web/test/**/*.test.ts"];
/** Of those, what changes globals for good, or measures the memory of its process. */
const BY_THEMSELVES = [
  "packages/luau-wasm/test/memory.test.ts",
  "web/test/machine-token.test.ts",
  "web/test/program-list.test.ts",
  "web/test/terminal-feed.test.ts",
  "web/test/time-control.test.ts",
];

/** Whether anybody is kept waiting by an attack can only be told while nothing else runs. */
const ATTACKS = "bridge/test/abuse.test.ts";

export default defineConfig({
  // Packages are tested from their sources, so that no build has to come first.
  ssr: { resolve: { conditions: ["@playground/source", "node", "import", "module", "default"] } },
  resolve: { conditions: ["@playground/source", "node", "import", "module", "default"] },
  test: {
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    maxWorkers: FILES_A_PROCESSOR * availableParallelism(),
    // `npm run coverage` alone asks for it.
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts", "bridge/src/**/*.ts", "web/src/**/*.ts"],
      reportsDirectory: "reports/coverage",
      reporter: ["html", "json-summary"],
      reportOnFailure: true,
    },
    projects: [
      { extends: true, test: { name: "pure", include: PURE, exclude: BY_THEMSELVES, isolate: false } },
      {
        extends: true,
        test: {
          name: "isolated",
          include: [`packages/!(${PURE_PACKAGES.join("|")})/test/**/*.test.ts`, "bridge/test/**/*.test.ts", "scripts/test/**/*.test.ts", ...BY_THEMSELVES],
          exclude: [ATTACKS],
        },
      },
      { extends: true, test: { name: "attacks", include: [ATTACKS], sequence: { groupOrder: 1 } } },
    ],
  },
});
