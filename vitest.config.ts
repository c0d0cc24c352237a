import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages are tested from their sources, so that no build has to come first.
  ssr: { resolve: { conditions: ["@playground/source", "node", "import", "module", "default"] } },
  resolve: { conditions: ["@playground/source", "node", "import", "module", "default"] },
  test: {
    include: ["packages/*/test/**/*.test.ts", "bridge/test/**/*.test.ts", "web/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
