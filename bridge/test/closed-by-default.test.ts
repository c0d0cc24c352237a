import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { until } from "./support/running-bridge.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const isRoot = process.getuid?.() === 0;
const SCRIPT = '{"version":1,"project":{"files":[{"name":"main.luau","source":"print(1)","program":true}]}}';

interface Started {
  readonly process: ChildProcess;
  readonly exit: Promise<number | null>;
  out(): string;
  err(): string;
}

function start(...args: string[]): Started {
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge"], { cwd: ROOT });
  const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: process.env["PATH"] ?? "" } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, err] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  return { process: child, out: () => out, err: () => err, exit: new Promise((resolve) => void child.on("close", resolve)) };
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "bridge-closed-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function ready(bridge: Started): Promise<string> {
  await until(() => bridge.out().includes("\n"), "the link");
  return /http:\/\/\S+/.exec(bridge.out())?.[0] ?? "";
}

test("files that others can read are named, with the command that closes them; closed ones are not", async () => {
  const directory = await folder();
  const [passwords, data] = [join(directory, "rooms.json"), join(directory, "data")];
  await writeFile(passwords, '{"lesson": "a password"}');
  await mkdir(data);
  await chmod(passwords, 0o644);
  await chmod(data, 0o755);
  const open = start("--port", "0", "--room-passwords", passwords, "--data", data);
  await ready(open);
  expect(open.err()).toContain(`The file of room passwords ${passwords} has the mode 0644`);
  expect(open.err()).toContain(`chmod 640 ${passwords}`);
  expect(open.err()).toContain(`chmod 700 ${data}`);
  // The group of a service may read what root has written for it.
  await chmod(passwords, 0o640);
  await chmod(data, 0o700);
  const closed = start("--port", "0", "--room-passwords", passwords, "--data", data);
  await ready(closed);
  expect(closed.err()).not.toContain("chmod");
});

test.skipIf(!isRoot)("root is warned, and with --user becomes a user who can do no more than is needed", async () => {
  const directory = await folder();
  const [page, data] = [join(directory, "page"), join(directory, "data")];
  await chmod(directory, 0o755);
  await mkdir(page);
  await writeFile(join(page, "index.html"), "<!doctype html>page");
  const root = start("--port", "0", "--page", page, "--data", data);
  await ready(root);
  expect(root.err()).toContain("--user NAME");

  const bridge = start("--port", "0", "--page", page, "--data", data, "--user", "nobody");
  const url = await ready(bridge);
  expect(bridge.err()).not.toContain("runs as root");
  await until(() => !/^Uid:\t0/m.test(execFileSync("cat", [`/proc/${bridge.process.pid}/status`], { encoding: "utf8" })), "another user");
  const status = await readFile(`/proc/${bridge.process.pid}/status`, "utf8");
  const nobody = execFileSync("id", ["-u", "nobody"], { encoding: "utf8" }).trim();
  const group = execFileSync("id", ["-g", "nobody"], { encoding: "utf8" }).trim();
  expect(status).toContain(`Uid:\t${nobody}\t${nobody}\t${nobody}\t${nobody}`);
  expect(/^Groups:\s*(.*?)\s*$/m.exec(status)?.[1]).toBe(group);
  expect(await (await fetch(`${url}room/x/`)).text()).toContain("page");
  const posted = await fetch(`${url}api/scripts`, { method: "POST", body: SCRIPT, headers: { "content-type": "application/json" } });
  expect(posted.status).toBe(201);
  expect([(await stat(data)).uid, (await stat(data)).mode & 0o777]).toEqual([Number(nobody), 0o700]);
});

test.skipIf(!isRoot)("--user that cannot work ends the bridge with what to do", async () => {
  const directory = await folder();
  const closed = join(directory, "page");
  await mkdir(closed);
  await chmod(directory, 0o700);
  const unreadable = start("--port", "0", "--page", closed, "--data", join(directory, "data"), "--user", "nobody");
  expect(await unreadable.exit).toBe(1);
  expect(unreadable.err()).toContain("The user nobody cannot read the page");
  const unknown = start("--port", "0", "--user", "no-such-user-here");
  expect(await unknown.exit).toBe(1);
  expect(unknown.err()).toContain("useradd --system no-such-user-here");
  const itself = start("--port", "0", "--user", "root");
  expect(await itself.exit).toBe(1);
  expect(itself.err()).toContain("which is root");
});

test("the operator lists and removes scripts, by id and by how long nobody has used them", async () => {
  const data = await folder();
  const bridge = start("--port", "0", "--data", data);
  const url = await ready(bridge);
  const ids: string[] = [];
  for (const source of ["1", "2", "3"]) {
    const answer = await fetch(`${url}api/scripts`, {
      method: "POST",
      body: SCRIPT.replace("print(1)", `print(${source})`),
      headers: { "content-type": "application/json" },
    });
    ids.push(((await answer.json()) as { id: string }).id);
  }
  const run = async (...args: string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const command = start("scripts", ...args, "--data", data);
    return { code: await command.exit, out: command.out(), err: command.err() };
  };
  const listed = await run("list");
  expect(listed.code).toBe(0);
  const rows = listed.out
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(rows.map(([id = ""]) => id).sort()).toEqual([...ids].sort());
  expect(rows.every(([, bytes, days, from]) => bytes === String(SCRIPT.length) && days === "0" && /^[0-9a-f]{18}$/.test(from ?? ""))).toBe(true);
  const from = rows[0]?.[3] ?? "";
  expect((await run("list", "--from", from)).out.trim().split("\n")).toHaveLength(3);
  expect((await run("list", "--unused", "1")).out).toBe("");
  expect(await run("remove", ids[0] ?? "")).toMatchObject({ code: 0, err: "1 of 1 removed\n" });
  // The bridge that runs sees it at once.
  expect((await fetch(`${url}api/scripts/${ids[0]}`)).status).toBe(404);
  expect(await run("remove", ids[0] ?? "")).toMatchObject({ code: 1, err: expect.stringContaining("There is no script with the id") });
  expect(await run("remove", "--from", from)).toMatchObject({ code: 0, err: "2 of 2 removed\n" });
  expect(await readdir(join(data, "scripts"))).toEqual([]);
  for (const [args, part] of [
    [[], "list or remove"],
    [["drop"], '"drop" is not a command'],
    [["remove"], "ids, or --unused and --from"],
    [["list", "--unused", "soon"], '"soon"'],
    [["list", "--port", "1"], "--port"],
  ] as [string[], string][]) {
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(part) });
  }
});
