import { createConnection, createServer } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { LuauState, LuauTable } from "@playground/luau-wasm";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { allEntries, type Entry, REFERENCE, type Text, renderDefinitions, renderPage } from "../src/reference/index.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { run, type RunningProgram } from "./support/run-program.ts";

const entries = allEntries();
const named = (entry: Entry): string => entry.names[0] ?? "";

describe("the committed pages and definitions", () => {
  it.each([
    ["../../../docs/api.en.md", () => renderPage(REFERENCE, "en")],
    ["../../../docs/api.ru.md", () => renderPage(REFERENCE, "ru")],
    ["../zone.d.luau", () => renderDefinitions(REFERENCE)],
  ])("%s is what the reference gives (else: npm run reference)", (file, render) => {
    expect(readFileSync(new URL(file, import.meta.url), "utf8")).toBe(render());
  });
});

describe("the reference", () => {
  it("names all that is in zone, and nothing else", async () => {
    const program = await run(`
      local function walk(path, value)
        if type(value) == "table" then
          for name, child in value do walk(path .. "." .. name, child) end
        else
          print(path)
        end
      end
      walk("zone", zone)
    `);
    await program.ended();
    const there = entries.filter((entry) => entry.kind !== "callback").flatMap((entry) => entry.names);
    expect(program.printed.toSorted()).toEqual(there.filter((name) => name.startsWith("zone.")).toSorted());
  });

  it("names every method of the VM's classes, and no other", async () => {
    const defineClass = vi.spyOn(LuauState.prototype, "defineClass");
    onTestFinished(() => defineClass.mockRestore());
    await run("");
    const there = defineClass.mock.calls.flatMap(([{ name, methods }]) => Object.keys(methods).map((method) => `${name}:${method}`));
    expect(
      entries
        .flatMap((entry) => entry.names)
        .filter((name) => name.includes(":"))
        .toSorted(),
    ).toEqual(there.toSorted());
  });

  it("names every global that the playground adds, and no other", async () => {
    const setGlobal = vi.spyOn(LuauState.prototype, "setGlobal");
    onTestFinished(() => setGlobal.mockRestore());
    await run("");
    const there = setGlobal.mock.calls.map(([name]) => name).filter((name) => name !== "zone");
    expect(
      entries
        .flatMap((entry) => entry.names)
        .filter((name) => !/[.:]/.test(name))
        .toSorted(),
    ).toEqual(there.toSorted());
  });

  it("names every callback that a program calls, and no other", async () => {
    const get = vi.spyOn(LuauTable.prototype, "get");
    onTestFinished(() => get.mockRestore());
    const program = await run("");
    await program.ended();
    const asked = new Set(get.mock.calls.map(([name]) => `zone.${name}`));
    const callbacks = entries.filter((entry) => entry.kind === "callback").flatMap((entry) => entry.names);
    expect([...asked].toSorted()).toEqual(callbacks.toSorted());
  });

  it("tells the engine's names from the playground's", () => {
    expect(entries.filter((entry) => (entry.origin !== undefined) !== entry.names.every(isZones)).map(named)).toEqual([]);
    // Those of the engine's public reference, of its chapters and type definitions.
    expect(
      entries
        .filter((entry) => entry.origin === "engine")
        .flatMap((entry) => entry.names)
        .toSorted(),
    ).toEqual(
      [
        ...["writeInt", "readInt", "writeVInt", "readVInt", "writeVUInt", "readVUInt", "writeString", "readString"].map((name) => `ByteStream:${name}`),
        ...["seek", "getOffset", "getTable", "toString", "prepend"].map((name) => `ByteStream:${name}`),
        ...["getIp", "send", "onDisconnect", "close"].map((name) => `NetConnection:${name}`),
        "SocketServer:listen",
        "SocketServer:close",
        "SocketClient:listen",
        "SocketClient:connect",
        "SocketClient:close",
        ...["init", "update", "cleanup", "isHeadless", "byteStream.new", "byteStream.fromString"].map((name) => `zone.${name}`),
        ...["socket.update", "socket.server.new", "socket.client.new"].map((name) => `zone.${name}`),
        ...["log", "warn", "quit", "dt", "getPlatform", "hashString", "freeCache", "vibrate"].map((name) => `zone.system.${name}`),
        ...["getEnvironment", "delay", "setTargetFPS", "setLuaExecutorEnabled"].map((name) => `zone.system.${name}`),
      ].toSorted(),
    );
  });

  it("says of nothing that is there that it is only elsewhere", async () => {
    const elsewhere = ["wait", "task", "spawn", "delay", "game", "workspace", "script", "Instance", "io"];
    const program = await run(elsewhere.map((name) => `print("${name}", type(${name}))`).join("\n"));
    await program.ended();
    expect(program.printed).toEqual(elsewhere.map((name) => `${name}\tnil`));
    const page = renderPage(REFERENCE, "en");
    for (const name of elsewhere) expect(page).toMatch(new RegExp(`\`${name}\\b`));
  });

  it("has an example for every entry", () => {
    expect(entries.filter((entry) => !entry.example).map(named)).toEqual([]);
  });

  it("describes every entry", () => {
    expect(entries.filter((entry) => entry.text.length === 0).map(named)).toEqual([]);
  });

  it("says everything in both languages", () => {
    const cyrillic = /[а-яё]/i;
    const same = new Set<string>();
    for (const { en, ru } of textsIn(REFERENCE)) {
      expect(en.trim()).not.toBe("");
      expect(en).not.toMatch(cyrillic);
      if (en === ru) same.add(en);
      else expect(ru).toMatch(cyrillic);
    }
    // Names alone have nothing to translate.
    expect([...same].toSorted()).toEqual(["NetConnection", "TCP (zone.socket)", '`"count"`.'].toSorted());
  });
});

/** Whether a name is of the API, and not of Luau's library. */
function isZones(name: string): boolean {
  return /^zone\.|:/.test(name);
}

/** Every text in a part of the reference. */
function textsIn(part: unknown): Text[] {
  if (typeof part !== "object" || part === null) return [];
  if ("en" in part || "ru" in part) return [part as Text];
  return Object.values(part).flatMap(textsIn);
}

/** What the comments of an example promise, in `zone.cleanup` and before. */
function promised(example: string): { lines: string[]; last: string[] } {
  const [body = "", cleanup = ""] = example.split("function zone.cleanup()");
  return { lines: promises(body), last: promises(cleanup) };
}

function promises(text: string): string[] {
  return [...text.matchAll(/--> (.*)/g)].map((match) => match[1]!);
}

/** A server that sends back what it gets, for examples of clients. */
async function echoAt(port: number): Promise<void> {
  const server = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  onTestFinished(() => void server.close());
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

/** A client that says something and goes, for examples of servers. Tries until one listens. */
async function visit(port: number, program: RunningProgram): Promise<void> {
  while (program.program.state !== "stopped" && program.program.state !== "failed") {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const joined = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    if (joined) {
      socket.on("error", () => {});
      socket.resume();
      socket.end("ping");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the example of", () => {
  const sections = REFERENCE.flatMap(({ sections: each }) => each).map((section) => [section.title.en, section.example, undefined] as const);
  const examples = [...entries.map((entry) => [named(entry), entry.example, entry.exampleFiles] as const), ...sections];
  it.each(examples.flatMap(([name, example, files]) => (example === undefined ? [] : [[name, example, files] as const])))(
    "%s prints what it says",
    async (_name, example, files) => {
      const port = await freePort();
      const { lines, last } = promised(example);
      expect(lines.length + last.length).toBeGreaterThan(0);
      if (example.includes("client:listen")) await echoAt(port);
      const program = await run({ "main.luau": example.replaceAll("8080", String(port)), ...files });
      if (example.includes("server:listen")) void visit(port, program);
      if (example.includes("onInput")) program.program.input("Алёна 🎈");
      await program.until(() => program.error !== undefined || lines.every((line) => program.printed.includes(line)));
      program.stop();
      expect(program.error?.text).toBeUndefined();
      expect(program.texts("warn")).toEqual([]);
      expect(new Set(program.printed)).toEqual(new Set([...lines, ...last]));
    },
  );
});

describe("an error of the reference:", () => {
  const failures = entries.flatMap((entry) => (entry.kind === "value" ? [] : (entry.failures ?? [])));
  it.each(failures.map(({ cause, message }) => [cause, message]))("%s", async (cause, message) => {
    const port = await freePort();
    const peer = await freePort();
    await echoAt(peer);
    const program = await run(`
      stream = zone.byteStream.fromString("\\1\\2\\3")
      server, client = zone.socket.server.new(), zone.socket.client.new()
      zone.socket.client.new():listen("127.0.0.1", ${peer}, function(made)
        connection = made
        coroutine.wrap(function()
          print((string.gsub(select(2, pcall(function() ${cause.replaceAll("8080", String(port))} end)), "^main%.luau:%d+: ", "")))
        end)()
      end)
      function zone.update() zone.socket.update() end
    `);
    await program.until(() => program.printed.length > 0);
    expect(program.printed).toEqual([message.replaceAll("8080", String(port))]);
  });
});
