import { createConnection, createServer } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { allEntries, type Entry, REFERENCE, renderDefinitions, renderPage } from "../src/reference/index.ts";
import { freePort } from "./support/free-port.ts";
import { run, type RunningProgram } from "./support/run-program.ts";

const entries = allEntries();
const named = (entry: Entry): string => entry.names[0] ?? "";

describe("the committed pages and definitions", () => {
  it.each([
    ["../../../docs/api.en.md", () => renderPage(REFERENCE, "en")],
    ["../../../docs/api.ru.md", () => renderPage(REFERENCE, "ru")],
    ["../zone.d.luau", () => renderDefinitions(REFERENCE)],
  ])("%s is what the reference gives (else: node packages/zone/generate-docs.mjs)", (file, render) => {
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

  it("has an example for every entry but require, whose files the tests of require have", () => {
    expect(entries.filter((entry) => !entry.example).map(named)).toEqual(["require"]);
  });

  it("says everything in both languages", () => {
    const cyrillic = /[а-яё]/i;
    // Names and figures stand alone in some cells.
    const texts = JSON.stringify(REFERENCE);
    for (const [, en = "", ru = ""] of texts.matchAll(/\{"en":"((?:[^"\\]|\\.)*)","ru":"((?:[^"\\]|\\.)*)"\}/g)) {
      expect(en).not.toMatch(cyrillic);
      if (en !== ru) expect(ru).toMatch(cyrillic);
    }
  });
});

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
  it.each(entries.filter((entry) => entry.example).map((entry) => [named(entry), entry.example!]))("%s prints what it says", async (_name, example) => {
    const port = await freePort();
    const { lines, last } = promised(example);
    expect(lines.length + last.length).toBeGreaterThan(0);
    if (example.includes("client:listen")) await echoAt(port);
    const program = await run(example.replaceAll("8080", String(port)));
    if (example.includes("server:listen")) void visit(port, program);
    await program.until(() => program.error !== undefined || lines.every((line) => program.printed.includes(line)));
    program.stop();
    expect(program.error?.text).toBeUndefined();
    expect(program.texts("warn")).toEqual([]);
    expect(new Set(program.printed)).toEqual(new Set([...lines, ...last]));
  });
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
