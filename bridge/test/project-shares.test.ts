import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectBytes, type SharedProject } from "@playground/share";
import { expect, onTestFinished, test } from "vitest";
import type { BridgeLimits } from "../src/limits.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";
import { projectIds } from "../src/projects/project-id.ts";
import { SPARED_DAYS, ProjectStore, StoreFullError } from "../src/projects/project-store.ts";
import { today } from "../src/projects/project-records.ts";
import { openProjectStorages } from "../src/projects/project-storage.ts";
import { runBridge } from "./support/running-bridge.ts";

const [PUPILS, STRANGER] = ["10.0.0.1", "10.0.0.2"];
const project = (source: string): SharedProject => ({ files: [{ name: "main.luau", source, isProgram: true }] });
const body = (value: SharedProject): string => `{"version":1,"project":${new TextDecoder().decode(projectBytes(value))}}`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "bridge-data-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function openStore(directory: string, limits: Partial<BridgeLimits> = {}, expiryDays = 0): Promise<ProjectStore> {
  const store = new ProjectStore(await openProjectStorages({ kind: "files", directory }, () => {}), { ...DEFAULT_LIMITS, ...limits }, { expiryDays });
  onTestFinished(() => store.close());
  return store;
}

/** As if the project had last been used so many days ago. */
async function age(directory: string, id: string, days: number): Promise<void> {
  const path = join(directory, "script-records", id);
  const record = JSON.parse(await readFile(path, "utf8")) as { day: number };
  await writeFile(path, JSON.stringify({ ...record, day: today() - days }));
}

const save = async (store: ProjectStore, source: string, address: string): Promise<string> => (await store.save(() => project(source), address)).id;

test("one address fills its share of the store and no more, also after a restart; another stores on", async () => {
  const directory = await folder();
  const limits = { scripts: 100, scriptsPerAddress: 3 };
  const first = await openStore(directory, limits);
  for (const source of ["1", "2", "3"]) await save(first, source, STRANGER);
  await expect(save(first, "4", STRANGER)).rejects.toThrow(
    /address keeps 3 scripts of \d+ bytes on this bridge, which is its share \(set by the bridge's option --max-scripts-per-address\)/,
  );
  await first.close();
  const store = await openStore(directory, limits);
  await expect(save(store, "4", STRANGER)).rejects.toThrow(StoreFullError);
  // What is there already takes no share, whoever asks for it.
  expect((await store.save(() => project("1"), STRANGER)).isNew).toBe(false);
  await save(store, "of the pupils", PUPILS);
  // Bytes are counted likewise, and an IPv6 network of 64 bits is one address.
  const small = await openStore(await folder(), { scriptBytesPerAddress: 300 });
  await save(small, "x".repeat(150), "2001:db8::1");
  await expect(save(small, "y".repeat(150), "2001:db8::2")).rejects.toThrow("--max-script-bytes-per-address");
  await save(small, "y".repeat(150), "2001:db8:0:1::1");
});

test("where there is no room, what nobody has used for long makes it, first of the same address; what is used stays", async () => {
  const directory = await folder();
  const limits = { scripts: 4, scriptsPerAddress: 2 };
  const store = await openStore(directory, limits);
  const used = await save(store, "used", PUPILS);
  const old = await save(store, "old", PUPILS);
  const older = await save(store, "older", STRANGER);
  await store.close();
  await age(directory, old, SPARED_DAYS);
  await age(directory, older, SPARED_DAYS + 9);
  const next = await openStore(directory, limits);
  await save(next, "new", PUPILS);
  expect(await next.load(old)).toBeUndefined();
  expect(await next.load(older)).toBeDefined();
  expect(await next.load(used)).toBeDefined();
  await expect(save(next, "newer", PUPILS)).rejects.toThrow("its share");
});

test("a project that nobody opens is removed when its days are over; opening it counts as use", async () => {
  const directory = await folder();
  const store = await openStore(directory, {}, 30);
  const [opened, forgotten] = [await save(store, "opened", PUPILS), await save(store, "forgotten", PUPILS)];
  await store.close();
  await age(directory, opened, 29);
  await age(directory, forgotten, 30);
  const next = await openStore(directory, {}, 30);
  expect(await next.load(opened)).toBeDefined();
  await expect.poll(async () => (await readFile(join(directory, "script-records", opened), "utf8")).includes(String(today()))).toBe(true);
  await save(next, "another", PUPILS);
  expect((await readdir(join(directory, "scripts"))).includes(forgotten)).toBe(false);
  expect((await next.list()).map(({ id, day }) => [id, day])).toContainEqual([opened, today()]);
});

test("projects stored before there were records count, and belong to nobody", async () => {
  const directory = await folder();
  const store = await openStore(directory);
  const id = await save(store, "old", PUPILS);
  await store.close();
  await rm(join(directory, "script-records"), { recursive: true });
  const next = await openStore(directory, { scripts: 2, scriptsPerAddress: 1 });
  expect(await next.list()).toEqual([{ id, bytes: Buffer.byteLength(body(project("old"))), day: today(), owner: "" }]);
  await save(next, "new", PUPILS);
  await expect(save(next, "third", STRANGER)).rejects.toThrow("2 scripts, which is the most it takes");
});

test("nobody else on the machine can read what is stored, and no client's address stands in it", async () => {
  const directory = join(await folder(), "data");
  const store = await openStore(directory);
  const id = await save(store, "mine", PUPILS);
  const mode = async (...path: string[]): Promise<string> => ((await stat(join(directory, ...path))).mode & 0o777).toString(8);
  expect([await mode(), await mode("scripts"), await mode("scripts", id), await mode("script-records"), await mode("script-records", id)]).toEqual([
    "700",
    "700",
    "600",
    "700",
    "600",
  ]);
  expect(await readFile(join(directory, "script-records", id), "utf8")).not.toContain(PUPILS);
});

test("one address opens short links at its rate, another at its own; HEAD counts like GET", async () => {
  const bridge = await runBridge({
    scripts: { kind: "files", directory: await folder() },
    limits: { scriptReadsBurstPerAddress: 4, scriptReadsPerSecondPerAddress: 1 },
  });
  const posted = await fetch(`${bridge.url}api/scripts`, { method: "POST", body: body(project("x")), headers: { "content-type": "application/json" } });
  const { id } = (await posted.json()) as { id: string };
  const open = (method: string, localAddress: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${bridge.url}api/scripts/${id}`, { method, localAddress, agent: false }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode));
      })
        .on("error", reject)
        .end();
    });
  const statuses = [];
  for (const method of ["GET", "HEAD", "GET", "HEAD", "GET", "HEAD"]) statuses.push(await open(method, "127.0.0.1"));
  expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
  expect(statuses.slice(4)).toContain(429);
  expect(await open("GET", "127.0.0.2")).toBe(200);
});

test("a text is not taken apart when it is read: only its hash is looked at", async () => {
  const directory = await folder();
  const store = await openStore(directory);
  const id = await save(store, "whole", PUPILS);
  const path = join(directory, "scripts", id);
  const text = await readFile(path, "utf8");
  expect((await store.load(id))?.toString()).toBe(text);
  // One byte more or less, and it is none that was stored here.
  for (const changed of [text.replace("whole", "whale"), `${text} `, text.slice(0, -1), `{"version":1, "project":${text.slice(23)}`]) {
    await writeFile(path, changed);
    expect(await store.load(id), changed).toBeUndefined();
  }
});

test("a project that is read again is not hashed again, and one that was removed meanwhile is gone", async () => {
  const directory = await folder();
  let hashed = 0;
  const storages = await openProjectStorages({ kind: "files", directory }, () => {});
  const store = new ProjectStore(storages, DEFAULT_LIMITS, {
    *ids(content) {
      hashed += 1;
      yield* projectIds(content);
    },
  });
  onTestFinished(() => store.close());
  const id = await save(store, "1", PUPILS);
  hashed = 0;
  for (let i = 0; i < 3; i += 1) expect((await store.load(id))?.toString()).toBe(body(project("1")));
  expect(hashed).toBe(1);
  // By the operator's command, which is another process.
  await (await openStore(directory)).remove(id);
  expect(await store.load(id)).toBeUndefined();
});
