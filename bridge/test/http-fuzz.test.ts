import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { bridgeChild } from "./support/bridge-child.ts";
import { fuzzParameters, fuzzTimeoutMs } from "./support/fuzz-runs.ts";
import { temporaryDirectory } from "./support/proxy.ts";
import { fuzzedRequest, requestBytes } from "./support/raw-request.ts";

const PAGE = "<!doctype html><title>the page</title>";
/** Stands in files that nobody may get. */
const HIDDEN = "nobody may read this";
/** Silence after which a fuzzed request has been answered, or is not going to be, ms. */
const QUIET_MS = 40;
/** Answers to a fuzzed request that are failures of the bridge: it has a page, storage and room. */
const FAILURES = /^5\d\d$/;

/** Sends bytes; all that comes back until the other side ends, or nothing more comes for so long. */
async function exchange(port: number, bytes: Buffer, quietMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const chunks: Buffer[] = [];
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("latin1"));
    };
    const timer = setTimeout(done, quietMs);
    socket.on("error", done);
    socket.on("close", done);
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      timer.refresh();
    });
    socket.write(bytes);
  });
}

/** Status and headers of the answers in a text; what stands in bodies is taken for an answer when it looks like one. */
function answersIn(text: string): { status: string; headers: string; head: string }[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})[^\r]*\r\n((?:[^\r\n]+\r\n)*)\r\n/gm)].map(([head, status = "", headers = ""]) => ({
    status,
    headers: headers.toLowerCase(),
    head,
  }));
}

test(
  "no request makes the bridge fail, wait, or give away a file outside of its page; every answer has its security headers",
  async () => {
    const directory = await temporaryDirectory();
    const page = join(directory, "page");
    mkdirSync(join(page, "assets"), { recursive: true });
    writeFileSync(join(page, "index.html"), PAGE);
    writeFileSync(join(page, "assets", "app-0123456789.js"), "export {};");
    for (const hidden of [join(directory, "outside.txt"), join(page, ".secret"), join(directory, "data.json")]) writeFileSync(hidden, HIDDEN);
    const { bridge, health, errors, hasEnded } = await bridgeChild("--page", page, "--data", join(directory, "data"), "--trusted-proxy", "127.0.0.1");
    const authority = `127.0.0.1:${bridge.port}`;
    const honest = Buffer.from(`GET /room/honest/ HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);

    await fc.assert(
      fc.asyncProperty(fuzzedRequest, async (request) => {
        const text = await exchange(bridge.port, requestBytes(request, authority), QUIET_MS);
        expect(text).not.toContain(HIDDEN);
        for (const { status, headers, head } of answersIn(text)) {
          expect(status, head).not.toMatch(FAILURES);
          // Node's own answers to what is no HTTP/1.1 have neither a type nor a body.
          if (!headers.includes("content-type: ")) continue;
          expect(headers, head).toContain("x-content-type-options: nosniff");
          expect(headers, head).toContain("content-security-policy: ");
        }
        expect(await exchange(bridge.port, honest, PATIENCE_MS)).toContain(PAGE);
      }),
      fuzzParameters(),
    );

    expect(hasEnded()).toBe(false);
    expect(await health()).toMatchObject({ status: "ok", sessions: 0 });
    for (const line of errors().trim().split("\n").filter(Boolean)) expect(JSON.parse(line)).not.toMatchObject({ level: "error" });
  },
  fuzzTimeoutMs(),
);
