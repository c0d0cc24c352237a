import { describe, expect, test } from "vitest";
import type { LuauRuntimeError } from "@playground/luau-wasm";
import { explainRuntimeError } from "../src/program/explain-runtime-error.ts";
import { nearestName } from "../src/program/nearest-name.ts";
import { explainError } from "../src/reference/error-explanations.ts";
import { FOREIGN_GLOBALS, OTHER_LANGUAGES } from "../src/reference/foreign-globals.ts";
import type { ErrorExplanation } from "../src/index.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { UPDATE } from "./support/peers.ts";
import { run } from "./support/run-program.ts";

/** What is said below the error of a script that must fail. */
async function explanationOf(source: string, options: Parameters<typeof run>[1] = {}): Promise<ErrorExplanation | undefined> {
  const program = await run(source, options);
  await program.ended();
  expect(program.program.state).toBe("failed");
  const index = program.lines.findIndex(({ level }) => level === "error");
  const notice = program.lines[index + 1]?.detail?.notice;
  return notice?.code === "error-explained" ? notice.explanation : undefined;
}

describe("errors that the VM has raised are explained", () => {
  test.each<[string, ErrorExplanation]>([
    [`prnt("hi")`, { kind: "nil-called", name: "prnt", isGlobal: true, nearest: "print" }],
    [`Print("hi")`, { kind: "nil-called", name: "Print", isGlobal: true, nearest: "print" }],
    [`local function greet() end\ngret()`, { kind: "nil-called", name: "gret", isGlobal: true, nearest: "greet" }],
    [`qqqqqq()`, { kind: "nil-called", name: "qqqqqq", isGlobal: true }],
    [`zone.sockt.client.new()`, { kind: "nil-indexed", name: "zone.sockt", isGlobal: true, field: "client", nearest: "zone.socket" }],
    [`zone.socket.clent.new()`, { kind: "nil-indexed", name: "zone.socket.clent", isGlobal: true, field: "new", nearest: "zone.socket.client" }],
    [`zone.socket.client.nwe()`, { kind: "nil-called", name: "zone.socket.client.nwe", isGlobal: true, nearest: "zone.socket.client.new" }],
    [`local client = zone.socket.client.new()\nclient:lisen()`, { kind: "nil-called", name: "client:lisen", nearest: "client:listen" }],
    [`local stream = zone.byteStream.new()\nstream.wrteU8(1)`, { kind: "nil-called", name: "stream.wrteU8", nearest: "stream.writeU8" }],
    [`string.lenn("x")`, { kind: "nil-called", name: "string.lenn", isGlobal: true, nearest: "string.len" }],
    [`(nil)()`, { kind: "nil-called" }],
    [`local connection: any = ({}).x\nfunction zone.init() connection:send() end`, { kind: "nil-indexed", name: "connection", field: "send" }],
    [`local t: any = {}\nt[1].x = 2`, { kind: "nil-indexed", field: "x" }],
    [`local t: any = {}\nt()`, { kind: "not-callable", name: "t", type: "table" }],
    [`local n: any = ({}).n\nprint(n + 1)`, { kind: "arithmetic", name: "n", type: "nil" }],
    [`print(1 + {})`, { kind: "arithmetic", type: "table" }],
    [`print("a" + 1)`, { kind: "arithmetic", type: "string", isSum: true }],
    [`print("a" + "b")`, { kind: "arithmetic", type: "string", isSum: true }],
    [`print("a" - "b")`, { kind: "arithmetic", type: "string" }],
    [`local t = { "a" }\nprint(t[0] .. "!")`, { kind: "concatenation", type: "nil", isZeroIndexed: true }],
    [`local t = { "a" }\nprint(t[2] .. "!")`, { kind: "concatenation", type: "nil" }],
    [`local t: any = { 1 }\nprint(#t[ 0 ])`, { kind: "length", type: "nil", isZeroIndexed: true }],
    [`console.log("hi")`, { kind: "nil-indexed", name: "console", isGlobal: true, field: "log" }],
    [`zone.socket.server.new():listen(80800, print)`, { kind: "port", least: 1, most: 65535 }],
    [`zone.socket.client.new():listen("127.0.0.1", 0, print)`, { kind: "port", least: 1, most: 65535 }],
    [`zone.byteStream.fromString("abc"):readU32()`, { kind: "too-few-bytes", method: "readU32" }],
    [`zone.byteStream.fromString("abc"):readString()`, { kind: "too-few-bytes", method: "readString" }],
    [`if x = 1 then end`, { kind: "syntax", message: "Expected 'then' when parsing if statement, got '='", line: "if x = 1 then end" }],
    [`print(1)\nprint("a`, { kind: "syntax", message: "Malformed string; did you forget to finish it?", line: `print("a` }],
    [`local name: any = ({}).name\nprint("hi " .. name)`, { kind: "concatenation", name: "name", type: "nil" }],
    [`print("hi " .. nme .. "!")`, { kind: "concatenation", name: "nme", type: "nil" }],
    [`print({} .. "x")`, { kind: "concatenation", type: "table" }],
    [`print("x" .. true)`, { kind: "concatenation", type: "boolean" }],
    [`print(1 < "2")`, { kind: "comparison", type: "string" }],
    [`print(#total)`, { kind: "length", name: "total", type: "nil" }],
    [`for _ in 5 do end`, { kind: "iteration", type: "number" }],
    [`string.format = nil`, { kind: "read-only" }],
    [`task.wait(1)`, { kind: "nil-indexed", name: "task", isGlobal: true, field: "wait" }],
    [`wait(1)`, { kind: "nil-called", name: "wait", isGlobal: true }],
    [`spawn(print)`, { kind: "nil-called", name: "spawn", isGlobal: true }],
    [`game:GetService("Players")`, { kind: "nil-indexed", name: "game", isGlobal: true, field: "GetService" }],
    [`print(script.Parent.Name)`, { kind: "nil-indexed", name: "script", isGlobal: true, field: "Parent" }],
    [`workspace.Part:Destroy()`, { kind: "nil-indexed", name: "workspace", isGlobal: true, field: "Part" }],
    [`string.rep(nil, 2)`, { kind: "argument", index: 1, function: "rep", expected: "string", got: "nil" }],
    [`zone.byteStream.fromString({})`, { kind: "argument", index: 1, function: "fromString", expected: "string", got: "table" }],
    [`zone.socket.server.new():listen()`, { kind: "argument", index: 1, function: "listen", expected: "number" }],
    [`zone.socket.server.new().listen(8080)`, { kind: "dot-call", method: "listen" }],
    [`local function f() return 1 + f() end f()`, { kind: "stack-overflow" }],
  ])("%s", async (source, expected) => {
    expect(await explanationOf(source)).toEqual(expected);
  });

  test("a string that is sent as it is", async () => {
    const port = await freePort();
    const source = `zone.socket.server.new():listen(${port}, function(connection) connection:send("hi") end)
      zone.socket.client.new():listen("127.0.0.1", ${port}, function() end)
      ${UPDATE}`;
    expect(await explanationOf(source)).toEqual({ kind: "argument", index: 1, function: "send", expected: "ByteStream", got: "string" });
  });

  test("a server and a client that are in use", async () => {
    const port = await freePort();
    const source = `local server = zone.socket.server.new()
      server:listen(${port}, function() end)
      server:listen(${port}, function() end)`;
    expect(await explanationOf(source)).toEqual({ kind: "socket-in-use" });
  });

  test("an endless loop, with its time", async () => {
    expect(await explanationOf("while true do end", { entryBudgetMs: 50 })).toEqual({ kind: "budget", seconds: 0.05 });
  });

  test("memory that is used up", async () => {
    expect(await explanationOf(`local t = {} while true do table.insert(t, string.rep("x", 100000) .. #t) end`, { memoryLimit: 16 * 1024 * 1024 })).toEqual({
      kind: "memory",
    });
  });

  test("an error in another file is explained by the names of that file", async () => {
    const program = await run({ "main.luau": `require("./other").go()`, "other.luau": "local function fetch() end\nreturn { go = function() fetsh() end }" });
    await program.ended();
    expect(program.texts("notice")).toEqual([""]);
    expect(program.lines.at(-1)?.detail?.notice).toEqual({
      code: "error-explained",
      explanation: { kind: "nil-called", name: "fetsh", isGlobal: true, nearest: "fetch" },
    });
  });

  test("a name that the script has given a value is no foreign one", async () => {
    for (const source of ["task = {}\ntask.wait(1)", "local wait: any = ({}).x\nwait(1)"]) {
      const explanation = await explanationOf(source);
      if (explanation === undefined) throw new Error(`nothing explains ${source}`);
      expect(explainError(explanation, "en")).not.toContain("other programs");
    }
  });
});

describe("errors that a script raises are not explained, whatever they say", () => {
  test.each([
    [`error("attempt to call a nil value")`],
    [`error("main.luau:1: attempt to call a nil value", 0)`],
    [`assert(false, "attempt to index nil with 'x'")`],
    [`error("invalid argument #1 to 'send' (ByteStream expected, got string)")`],
    [`error("the script ran for longer than its budget of 5000 ms")`],
    [`error("not enough memory", 0)`],
    [`error("stack overflow", 0)`],
    [`coroutine.wrap(function() error("attempt to call a nil value") end)()`],
    [`error(setmetatable({}, { __tostring = function() return "attempt to call a nil value" end }))`],
  ])("%s", async (source) => {
    expect(await explanationOf(source)).toBeUndefined();
  });
});

describe("the nearest name", () => {
  test.each([
    ["prnt", ["pairs", "print", "printf"], "print"],
    ["pritn", ["print"], "print"],
    ["PRINT", ["print"], "print"],
    ["tostrnig", ["tostring", "tonumber"], "tostring"],
    ["foo", ["bar", "fooo"], "fooo"],
    // Two are as near: the alphabet chooses, not the order.
    ["cat", ["hat", "bat"], "bat"],
    ["connect", ["disconnect", "listen"], undefined],
    ["ab", ["cd", "a", "xy"], "a"],
    ["x", ["y"], undefined],
    ["print", ["print"], undefined],
    ["y".repeat(65), ["y".repeat(64)], undefined],
  ])("of %s among %j", (wrong, names, nearest) => {
    expect(nearestName(wrong, names)).toBe(nearest);
  });
});

test.each([
  ["declarations", "local x "],
  ["declarations of nothing", "local "],
  ["functions", "local function function "],
  ["spaces", `local${" ".repeat(1000)}`],
  ["one name", "a"],
  ["long names", `local ${"a".repeat(64)} `],
])("a source of %s is read in a time that grows with its length", (_, piece) => {
  const source = piece.repeat(Math.ceil((512 * 1024) / piece.length));
  const error = { code: "runtime", origin: "operation", message: "attempt to call a nil value", subject: { path: "prnt", isGlobal: true, members: [] } };
  const begun = process.cpuUsage();
  explainRuntimeError(error as unknown as LuauRuntimeError, source, 5_000);
  const { user, system } = process.cpuUsage(begun);
  // Linear work takes some tens of milliseconds; work that grows with the square takes minutes.
  expect((user + system) / 1000).toBeLessThan(10_000);
});

describe("the sentences", () => {
  const ALL: readonly ErrorExplanation[] = [
    ...[...FOREIGN_GLOBALS.keys(), ...OTHER_LANGUAGES.keys()].map((name): ErrorExplanation => {
      const [global = "", field] = name.split(".");
      return field === undefined ? { kind: "nil-called", name: global, isGlobal: true } : { kind: "nil-indexed", name: global, isGlobal: true, field };
    }),
    { kind: "nil-indexed", name: "game", isGlobal: true, field: "Players" },
    { kind: "nil-called" },
    { kind: "nil-called", name: "prnt", isGlobal: true },
    { kind: "nil-called", name: "prnt", isGlobal: true, nearest: "print" },
    { kind: "nil-indexed" },
    { kind: "nil-indexed", name: "t", field: "x" },
    { kind: "nil-indexed", name: "zone.sockt", isGlobal: true, field: "client", nearest: "zone.socket" },
    { kind: "not-callable", type: "table" },
    ...(["arithmetic", "concatenation", "comparison", "length", "iteration"] as const).flatMap((kind) => [
      { kind, type: "nil", name: "x" },
      { kind, type: "boolean" },
      { kind, type: "ByteStream", name: "x" },
    ]),
    { kind: "read-only" },
    { kind: "argument", index: 1, function: "send", expected: "ByteStream", got: "string" },
    { kind: "argument", index: 2, function: "listen", expected: "function" },
    { kind: "argument", index: 2, function: "listen", expected: "function", got: "nil" },
    { kind: "arithmetic", type: "string", isSum: true },
    { kind: "concatenation", type: "nil", isZeroIndexed: true },
    { kind: "port", least: 1, most: 65535 },
    { kind: "too-few-bytes", method: "readU32" },
    { kind: "socket-in-use" },
    { kind: "syntax", message: "whatever", line: "" },
    { kind: "dot-call", method: "listen" },
    { kind: "budget", seconds: 5 },
    { kind: "memory" },
    { kind: "stack-overflow" },
  ];

  test.each(ALL.map((explanation) => [JSON.stringify(explanation), explanation] as const))("%s", (_, explanation) => {
    // Code stands between backticks; around it are whole sentences of one language.
    const [en, ru] = (["en", "ru"] as const).map((language) => explainError(explanation, language).replaceAll(/`[^`]+`/g, "`"));
    expect(en).toMatch(/^[A-Z`][^а-яА-Я]+[.?]$/);
    expect(ru).toMatch(/^[А-Я`][^]*[а-я][^]*[.?]$/);
    const { name = "", isGlobal = false } = explanation as { name?: string; isGlobal?: boolean };
    expect(en?.includes("other languages")).toBe(isGlobal && OTHER_LANGUAGES.has(name));
    expect(en?.includes("other programs")).toBe(isGlobal && FOREIGN_GLOBALS.has(name));
    expect(`${en}${ru}`).not.toMatch(/undefined|\.\.| {2}/);
  });
});
