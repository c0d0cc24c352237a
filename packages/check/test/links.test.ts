import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { encodeShare, shareHash } from "@playground/share";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ProjectFiles, readLinks } from "@playground/project-files";

const readLink = async (link: string): Promise<ProjectFiles> => (await readLinks([link]))[0]!;

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const FILES = [
  { name: "main.luau", source: 'local words = require("./words")\nlocal _n: number = words.hello\n', isProgram: true },
  { name: "words.luau", source: 'return { hello = "привет" }\n', isProgram: false },
];

function longLink(origin: string, checkMode?: string): string {
  return `${origin}/${shareHash(encodeShare({ files: FILES, ...(checkMode && { settings: { checkMode } }) }))}`;
}

/** The program on the command line, as `npm run check` starts it. */
async function runCheck(...args: string[]): Promise<{ readonly status: number | null; readonly out: string; readonly errors: string }> {
  const child = spawn(process.execPath, [join(ROOT, "packages/check/dist/main.js"), ...args], { cwd: ROOT, env: { PATH: process.env["PATH"] } });
  let out = "";
  let errors = "";
  child.stdout.on("data", (data: Buffer) => void (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => void (errors += data.toString()));
  const [status] = (await once(child, "close")) as [number | null];
  return { status, out, errors };
}

/** A real bridge with a folder of its own for short links; gives its origin. */
async function startBridge(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), "zone-check-data-"));
  const bridge = spawn(process.execPath, [join(ROOT, "bridge/dist/main.js"), "--port", "0", "--network", "host", "--data", data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(async () => {
    bridge.kill();
    if (bridge.exitCode === null) await once(bridge, "exit");
    rmSync(data, { recursive: true, force: true });
  });
  for await (const line of createInterface({ input: bridge.stdout })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return new URL(url).origin;
  }
  throw new Error("the bridge printed no link");
}

/** A server that is no bridge; gives its origin. */
async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function makeShortLink(origin: string, checkMode?: string): Promise<string> {
  const files = FILES.map(({ name, source, isProgram }) => ({ name, source, ...(isProgram && { program: true }) }));
  const project = { files, ...(checkMode !== undefined && { settings: { checkMode } }) };
  const answer = await fetch(`${origin}/api/scripts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ version: 1, project }),
  });
  return origin + ((await answer.json()) as { url: string }).url;
}

describe("a long link", () => {
  it("is a project, with its mode", async () => {
    const { files, wanted, programs, settings } = await readLink(longLink("http://127.0.0.1:8080", "nonstrict"));
    expect([...files]).toEqual(FILES.map(({ name, source }) => [name, source]));
    expect([...wanted]).toEqual(["main.luau", "words.luau"]);
    expect(programs).toEqual(["main.luau"]);
    expect(settings).toEqual({ checkMode: "nonstrict" });
    expect((await readLink(longLink("http://127.0.0.1:8080"))).settings).toBeUndefined();
  });

  it("is checked by the program, as strictly as it says", async () => {
    const strict = await runCheck(longLink("http://127.0.0.1:8080"));
    expect(strict.out).toMatch(/^main\.luau:2:20: error TypeMismatch/);
    expect(strict.status).toBe(1);
    expect(await runCheck(longLink("http://127.0.0.1:8080", "nocheck"))).toMatchObject({ status: 0, out: "0 errors, 0 warnings in 2 files\n" });
  });

  it.each([
    ["http://127.0.0.1:8080/#p=abc", /holds no project: .*#share=/],
    ["http://127.0.0.1:8080/room/abc/", /holds no project/],
    ["#share=v1.!!!", /#share=v1/],
  ])("%s is refused in words", async (link, message) => {
    await expect(readLink(link)).rejects.toMatchObject({ name: "ReadError", message: expect.stringMatching(message) });
  });
});

describe("a short link", () => {
  it("is asked of the bridge that it names", async () => {
    const origin = await startBridge();
    const link = await makeShortLink(origin);
    expect(new URL(link).pathname).toMatch(/^\/s\//);
    expect(await runCheck(link)).toMatchObject({ status: 1, out: expect.stringMatching(/^main\.luau:2:20: error TypeMismatch/) });
    expect(await runCheck(await makeShortLink(origin, "nocheck"))).toMatchObject({ status: 0 });
    const gone = await runCheck(`${origin}/s/AAAAAAAAAAAA`);
    expect(gone).toEqual({ status: 2, out: "", errors: `the bridge at ${origin} keeps no project AAAAAAAAAAAA\n` });
  });

  it("of a bridge that does not answer says so", async () => {
    const origin = await startServer((request) => request.socket.destroy());
    await expect(readLink(`${origin}/s/abc`)).rejects.toMatchObject({
      name: "ReadError",
      message: expect.stringMatching(/does not answer \(.+\): start it, or give the long link$/),
    });
  });

  it.each<[string, RequestListener, RegExp]>([
    ["a page", (_request, response) => void response.end("<!doctype html>"), /something else than a project/],
    ["other JSON", (_request, response) => void response.end("null"), /something else than a project/],
    ["an error", (_request, response) => void response.writeHead(500).end(), /HTTP 500/],
    ["a project that is none", (_request, response) => void response.end('{"version":1,"project":{"files":[]}}'), /\/s\/abc: /],
    ["a project of a later version", (_request, response) => void response.end('{"version":99,"project":{}}'), /\/s\/abc: /],
    ["far too much", (_request, response) => void response.end("x".repeat(9 * 1024 * 1024)), /more than 8388608 bytes/],
  ])("is refused in words when the server answers with %s", async (_what, answer, message) => {
    const origin = await startServer(answer);
    await expect(readLink(`${origin}/s/abc`)).rejects.toMatchObject({ name: "ReadError", message: expect.stringMatching(message) });
  });
});
