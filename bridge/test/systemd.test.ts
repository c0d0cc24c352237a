import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { documentedConfigs, findServer, temporaryDirectory } from "./support/proxy.ts";

const ANALYZE = findServer("systemd-analyze");

/** A unit of `docs/deploy.md`: its first line names its place. */
interface Unit {
  readonly place: string;
  readonly text: string;
}

function documentedUnits(): Unit[] {
  return documentedConfigs("ini").map((text) => ({
    place: /^# \/etc\/systemd\/system\/(\S+)$/m.exec(text)?.[1] ?? "",
    text: text.replaceAll("/usr/bin/node", process.execPath),
  }));
}

test.skipIf(ANALYZE === undefined)("systemd understands every line of the units in docs/deploy.md (skipped where there is no systemd)", async () => {
  const directory = await temporaryDirectory();
  const units = documentedUnits();
  for (const { place, text } of units) {
    const path = join(directory, place);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const names = units.map(({ place }) => place).filter((place) => !place.includes("/"));
  expect(names).toEqual(["zone-playground.service", "zone-playground-door.socket", "zone-playground-door.service"]);
  const { status, stderr } = spawnSync(ANALYZE ?? "", ["verify", "--man=no", ...names.map((name) => join(directory, name))], {
    encoding: "utf8",
    env: { ...process.env, SYSTEMD_UNIT_PATH: `${directory}:` },
  });
  // What it does not understand it warns of, and goes on.
  expect(stderr).not.toContain("zone-playground");
  expect(status).toBe(0);
});
