import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentedConfigs, findServer, replaceAll, temporaryDirectory } from "./support/proxy.ts";

const ANALYZE = findServer("systemd-analyze");

test.skipIf(ANALYZE === undefined)("systemd understands every line of the unit in docs/deploy.md (skipped where there is no systemd)", async () => {
  const unit = join(await temporaryDirectory(), "zone-playground.service");
  await writeFile(unit, replaceAll(documentedConfigs("ini")[0] ?? "", { "/usr/bin/node": process.execPath }));
  const { status, stderr } = spawnSync(ANALYZE ?? "", ["verify", "--man=no", unit], { encoding: "utf8" });
  // What it does not understand it warns of, and goes on.
  expect(stderr).not.toContain("zone-playground");
  expect(status).toBe(0);
});
