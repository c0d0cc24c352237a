import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { findProgram } from "../../packages/wasm-build/index.mjs";
import { packBuilt } from "../../scripts/package.mjs";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { inProject } from "../../scripts/setup/paths.mjs";
import { ChildProgram } from "../support/child-program.ts";
import { expect, test } from "../support/test.ts";
import { ImageSteps, isRoot } from "./image-steps.ts";

const DOCKERFILE = readFileSync(inProject("Dockerfile"), "utf8");

test("the linter of Dockerfiles finds nothing", () => {
  expect(validate(DOCKERFILE)).toEqual([]);
  expect(validate(DOCKERFILE.replace("EXPOSE", "EXPOSED")), "and would").not.toEqual([]);
});

test("the steps of the Dockerfile make a bridge that serves as somebody else, and tells how it is", async () => {
  const engines = ["docker", "podman", "buildah"].filter((name) => findProgram(name) !== undefined);
  test.info().annotations.push({
    type: "container engine",
    description: `${engines.length > 0 ? `${engines.join(", ")} is here, but not used` : "none is here"}: the steps were run without a container`,
  });
  const context = mkdtempSync(join(tmpdir(), "zone-package-"));
  const steps = new ImageSteps(context);
  let bridge: ChildProgram | undefined;
  try {
    await packBuilt({ outDir: context });
    const { entrypoint, healthcheck, environment, user } = steps.run(DOCKERFILE);
    expect(environment["ZONE_HOST"]).toBe("0.0.0.0");
    const port = String(await freePort());
    const env = { ...environment, ZONE_PORT: port, PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
    const as = isRoot ? user : {};
    const [program = "", ...args] = healthcheck;
    const health = (): number | null => spawnSync(program, args, { env, ...as }).status;
    expect(health(), "before the bridge is there").toBe(1);

    const [command = "", ...words] = entrypoint;
    bridge = new ChildProgram(command, words, env, as);
    await bridge.shows(/ready: http/);
    expect(health()).toBe(0);
    if (isRoot)
      expect(
        execFileSync("ps", ["-o", "uid=,gid=", "-p", String(bridge.pid)], { encoding: "utf8" })
          .trim()
          .split(/\s+/),
      ).toEqual(["1000", "1000"]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain("<title>");
    const script = '{"version":1,"project":{"files":[{"name":"main.luau","source":"print(1)","program":true}]}}';
    const kept = await fetch(`http://127.0.0.1:${port}/api/scripts`, { method: "POST", headers: { "content-type": "application/json" }, body: script });
    expect(kept.status).toBe(201);

    await bridge.end();
    expect(bridge.ending).toEqual({ status: 0, signal: null });
    expect(health(), "after it").toBe(1);
  } finally {
    await bridge?.end();
    steps.remove();
    rmSync(context, { recursive: true, force: true });
  }
});
