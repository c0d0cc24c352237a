import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectBytes, type SharedProject } from "@playground/share";
import { expect, onTestFinished, test } from "vitest";
import type { Bridge, BridgeOptions } from "../src/index.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";
import { openProjectStorages } from "../src/projects/project-storage.ts";
import { formerProjectIds, projectIds } from "../src/projects/project-id.ts";
import { ProjectStore } from "../src/projects/project-store.ts";
import { runBridge } from "./support/running-bridge.ts";

const project = (source: string): SharedProject => ({ files: [{ name: "main.luau", source, isProgram: true }] });

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "bridge-data-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function bridgeWithProjects(options: Partial<BridgeOptions> = {}): Promise<{ bridge: Bridge; directory: string }> {
  const directory = await folder();
  return { bridge: await runBridge({ scripts: { kind: "files", directory }, ...options }), directory };
}

const envelope = (value: SharedProject): string => `{"version":1,"project":${new TextDecoder().decode(projectBytes(value))}}`;

async function post(bridge: Bridge, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${bridge.url}api/scripts`, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
}

async function idOf(answer: Response): Promise<string> {
  expect([200, 201]).toContain(answer.status);
  const { id, url } = (await answer.json()) as { id: string; url: string };
  expect(url).toBe(`/s/${id}`);
  return id;
}

test("a project comes back under its id, for ever; the same project has the same id, another one another", async () => {
  const { bridge, directory } = await bridgeWithProjects();
  const first = await post(bridge, envelope(project("print(1)")));
  expect(first.status).toBe(201);
  const id = await idOf(first);
  expect(id).toMatch(/^[a-hjkmnp-z2-9]{12}$/);
  const got = await fetch(`${bridge.url}api/scripts/${id}`);
  expect(got.headers.get("content-type")).toBe("application/json");
  expect(got.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect((await got.text()).trim()).toBe(envelope(project("print(1)")));
  expect((await fetch(`${bridge.url}api/scripts/${id}`, { headers: { "if-none-match": `"${id}"` } })).status).toBe(304);
  // Other spaces and another order of keys: the same project.
  const again = await post(bridge, '{ "project": {"files": [{"source": "print(1)", "program": true, "name": "main.luau"}]}, "version": 1 }');
  expect(again.status).toBe(200);
  expect(await idOf(again)).toBe(id);
  expect(await idOf(await post(bridge, envelope(project("print(2)"))))).not.toBe(id);
  expect(await readdir(join(directory, "scripts"))).toHaveLength(2);
  // A bridge that is started again has it still.
  await bridge.close();
  const next = await runBridge({ scripts: { kind: "files", directory } });
  expect((await fetch(`${next.url}api/scripts/${id}`)).status).toBe(200);
});

test("ids are a hash of the content, and one that belongs to other content is passed over", async () => {
  const directory = await folder();
  const [short, longer] = [...projectIds(projectBytes(project("mine")))];
  expect([short?.length, longer?.length, longer?.startsWith(short ?? "-")]).toEqual([12, 13, true]);
  // Nobody can make two projects whose hashes begin alike, so the ids of this store are not hashes.
  const [taken, free] = ["aaaaaaaaaaaa", "aaaaaaaaaaaab"];
  const store = new ProjectStore(await openProjectStorages({ kind: "files", directory }, () => {}), DEFAULT_LIMITS, { ids: () => [taken, free] });
  const save = (source: string) => store.save(() => project(source), "10.0.0.1");
  expect(await save("somebody else's")).toEqual({ id: taken, isNew: true });
  expect(await save("mine")).toEqual({ id: free, isNew: true });
  expect(await save("mine")).toEqual({ id: free, isNew: false });
  expect((await store.load(taken))?.toString()).toBe(envelope(project("somebody else's")));
});

test("a link that was given out with the letters of earlier versions opens", async () => {
  const { bridge, directory } = await bridgeWithProjects();
  const content = projectBytes(project("kept"));
  const [former, longer] = [...formerProjectIds(content)];
  await mkdir(join(directory, "scripts"), { recursive: true });
  // As the version before wrote them.
  expect(former).toBe("jwTWfqo9DELP");
  for (const id of [former, longer]) {
    await writeFile(join(directory, "scripts", id ?? ""), envelope(project("kept")));
    const got = await fetch(`${bridge.url}api/scripts/${id}`);
    expect([got.status, (await got.text()).trim()]).toEqual([200, envelope(project("kept"))]);
  }
  // Whoever shares it again gets letters that can be read aloud.
  expect(await idOf(await post(bridge, envelope(project("kept"))))).toBe([...projectIds(content)][0]);
});

test("a broken file is no project, and is written anew when somebody shares it again", async () => {
  const { bridge, directory } = await bridgeWithProjects();
  const id = await idOf(await post(bridge, envelope(project("whole"))));
  const path = join(directory, "scripts", id);
  const others = envelope(project("not what this id is the hash of"));
  for (const broken of ["", "{", '{"version":1,"project":{"files":[]}}', '{"version":9}', "[]", others]) {
    await writeFile(path, broken);
    expect((await fetch(`${bridge.url}api/scripts/${id}`)).status, broken).toBe(404);
    expect(await idOf(await post(bridge, envelope(project("whole"))))).toBe(id);
    expect(await readFile(path, "utf8")).toBe(envelope(project("whole")));
  }
});

test("wrong bodies are refused and named, and nothing is stored", async () => {
  const { bridge, directory } = await bridgeWithProjects();
  const cases: [string, number, string][] = [
    ["", 400, "not-json"],
    ["{", 400, "not-json"],
    ["null", 400, "invalid"],
    ['{"project":{}}', 400, "invalid"],
    ['{"version":3,"project":{}}', 400, "unknown-version"],
    ['{"version":1,"project":{"files":[]}}', 400, "invalid"],
    [envelope(project("x")).replace("main.luau", "../x.luau"), 400, "files[0].name"],
  ];
  for (const [body, status, part] of cases) {
    const answer = await post(bridge, body);
    expect(answer.status, body).toBe(status);
    expect(await answer.text(), body).toContain(part);
  }
  expect((await post(bridge, envelope(project("x")), { "content-type": "text/plain" })).status).toBe(415);
  expect((await post(bridge, "x".repeat(2 * 1024 * 1024))).status).toBe(413);
  // Too large a project in a body that is not.
  expect((await post(bridge, `{"version":1,"project":{"files":[{"name":"a.luau","source":"${"x".repeat(1024 * 1024)}"}]}}`)).status).toBe(413);
  expect(await readdir(directory)).toEqual([]);
  for (const id of ["short", "..%2f..%2fetc", "0".repeat(12), "a".repeat(60)])
    expect((await fetch(`${bridge.url}api/scripts/${id}`)).status, id).toBeGreaterThanOrEqual(400);
  expect((await fetch(`${bridge.url}api/scripts`)).status).toBe(405);
  expect((await fetch(`${bridge.url}api/scripts/${"0".repeat(12)}`, { method: "DELETE" })).status).toBe(405);
});

test("pages of other sites and other host names are refused", async () => {
  const { bridge } = await bridgeWithProjects();
  const id = await idOf(await post(bridge, envelope(project("x")), { origin: bridge.url.slice(0, -1) }));
  expect((await post(bridge, envelope(project("y")), { origin: "https://evil.example" })).status).toBe(403);
  expect((await fetch(`${bridge.url}api/scripts/${id}`, { headers: { origin: "https://evil.example" } })).status).toBe(403);
});

test("one address may ask for a class's worth at once, and then has to wait; others do not", async () => {
  const { bridge } = await bridgeWithProjects();
  const statuses: number[] = [];
  // On a slow machine some more become free meanwhile.
  const most = 10 * DEFAULT_LIMITS.shortLinksBurstPerAddress;
  for (let index = 0; statuses.at(-1) !== 429 && index < most; index++) statuses.push((await post(bridge, envelope(project(`print(${index})`)))).status);
  expect(statuses.length).toBeGreaterThan(DEFAULT_LIMITS.shortLinksBurstPerAddress);
  expect(statuses.slice(0, DEFAULT_LIMITS.shortLinksBurstPerAddress).every((status) => status === 201)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
});

test("a store that is full says so; what is in it still opens", async () => {
  const { bridge } = await bridgeWithProjects({ limits: { scripts: 2 } });
  const id = await idOf(await post(bridge, envelope(project("1"))));
  await idOf(await post(bridge, envelope(project("2"))));
  const full = await post(bridge, envelope(project("3")));
  expect(full.status).toBe(507);
  expect(await full.text()).toContain("2 scripts, which is the most it takes (set by its option --max-scripts)");
  expect((await post(bridge, envelope(project("1")))).status).toBe(200);
  expect((await fetch(`${bridge.url}api/scripts/${id}`)).status).toBe(200);
  const { bridge: small, directory } = await bridgeWithProjects({ limits: { scriptBytes: 300 } });
  expect((await post(small, envelope(project("x".repeat(150))))).status).toBe(201);
  expect((await post(small, envelope(project("y".repeat(150))))).status).toBe(507);
  // What an earlier process stored counts too.
  await small.close();
  const next = await runBridge({ scripts: { kind: "files", directory }, limits: { scriptBytes: 300 } });
  expect((await post(next, envelope(project("y".repeat(150))))).status).toBe(507);
});

test("a storage that fails is told, and the process lives on", async () => {
  const directory = await folder();
  await mkdir(join(directory, "scripts"), { recursive: true });
  await rm(join(directory, "scripts"), { recursive: true });
  await writeFile(join(directory, "scripts"), "a file where the directory should be");
  const lines: string[] = [];
  const bridge = await runBridge({ scripts: { kind: "files", directory }, log: (entry) => lines.push(JSON.stringify(entry)) });
  expect((await post(bridge, envelope(project("x")))).status).toBe(503);
  expect(lines.join("\n")).toContain("script-storage");
  expect((await fetch(`${bridge.url}healthz`)).status).toBe(200);
});

test("what killed processes left behind is removed, what is being written is not", async () => {
  const directory = await folder();
  await mkdir(join(directory, "scripts"));
  const [old, young] = [join(directory, "scripts", "aaaaaaaaaaaa.1.tmp"), join(directory, "scripts", "bbbbbbbbbbbb.2.tmp")];
  await writeFile(old, "{");
  await writeFile(young, "{");
  await utimes(old, new Date(0), new Date(0));
  await runBridge({ scripts: { kind: "files", directory } });
  expect(await readdir(join(directory, "scripts"))).toEqual(["bbbbbbbbbbbb.2.tmp"]);
});

test("the page is at every short link, and short links are off without a storage", async () => {
  const page = await folder();
  await writeFile(join(page, "index.html"), "<!doctype html>page");
  const { bridge } = await bridgeWithProjects({ page });
  expect(await (await fetch(`${bridge.url}s/0123456789ab`)).text()).toContain("page");
  expect((await fetch(`${bridge.url}s/`)).status).toBe(404);
  const without = await runBridge({ page });
  expect((await post(without, envelope(project("x")))).status).toBe(405);
});
