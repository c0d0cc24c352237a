import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { inlineScriptSources } from "../src/http/inline-scripts.ts";
import { runBridge } from "./support/running-bridge.ts";

/** `printf 'answer = 42' | openssl dgst -sha256 -binary | base64` */
const HASH = "'sha256-qYaG0mCkzyERca8n6Cwg9UaXnrTQaWtN72AimbeMag4='";

test("each script of a page is a source, and what only looks like one is none", () => {
  expect(inlineScriptSources("<script>answer = 42</script>")).toEqual([HASH]);
  expect(inlineScriptSources("<p><script>answer = 42</script><script>1</script><script>answer = 42</script>")).toHaveLength(3);
  for (const html of ["", "<script>", "<script>answer = 42", '<script src="/a.js"></script>', "<style>a</style>"])
    expect(inlineScriptSources(html), html).toEqual([]);
});

test("a script that stands in the page may run by its hash, and only there", async () => {
  const page = await mkdtemp(join(tmpdir(), "bridge-page-"));
  onTestFinished(() => rm(page, { recursive: true }));
  await writeFile(join(page, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(page, "mark.svg"), "<svg><script>answer = 42</script></svg>");
  const bridge = await runBridge({ page });
  const sources = async (path: string): Promise<string | undefined> => {
    const { headers } = await fetch(`http://127.0.0.1:${bridge.port}${path}`);
    return /script-src ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1];
  };
  expect(await sources("/room/a/")).toBe("'self' 'wasm-unsafe-eval'");
  // The page is built anew while the bridge runs.
  await writeFile(join(page, "index.html"), "<!doctype html><script>answer = 42</script>");
  await expect.poll(() => sources("/room/a/")).toBe(`'self' 'wasm-unsafe-eval' ${HASH}`);
  for (const path of ["/healthz", "/mark.svg"]) expect(await sources(path), path).toBe("'self' 'wasm-unsafe-eval'");
});
