import { createConnection } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { PRINT_LINE_LIMIT, Program } from "../src/index.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { NodeNetwork } from "./support/node-network.ts";
import { run, sharedLuau } from "./support/run-program.ts";

describe("a program's life", () => {
  it("is: main chunk, init, frames, cleanup", async () => {
    const program = await run(`
      print("main")
      function zone.init() print("init", zone.isHeadless) end
      local frames = 0
      function zone.update(dt)
        frames += 1
        if frames == 3 then print("third frame", dt > 0, dt == zone.system.dt()) end
      end
      function zone.cleanup() print("cleanup") end
    `);
    await program.printedLine("third frame\ttrue\ttrue");
    program.stop();
    program.stop();
    expect(program.printed).toEqual(["main", "init\ttrue", "third frame\ttrue\ttrue", "cleanup"]);
    expect(program.states).toEqual(["running", "stopped"]);
  });

  it("ends by itself when nothing is left to do", async () => {
    const program = await run(`print("once") function zone.cleanup() print("cleanup") end`);
    await program.ended();
    expect(program.states).toEqual(["running", "stopped"]);
    expect(program.printed).toEqual(["once", "cleanup"]);
  });

  it("does not pile up frames while an update waits", async () => {
    const port = await freePort();
    const program = await run(`
      local inside, client = 0, zone.socket.client.new()
      function zone.update()
        inside += 1
        print("inside", inside)
        pcall(client.listen, client, "127.0.0.1", ${port}, function() end)
        inside -= 1
      end
    `);
    await program.until(() => program.printed.length > 5);
    expect(new Set(program.printed)).toEqual(new Set(["inside\t1"]));
  });

  it("closes its sockets on Stop, after cleanup", async () => {
    const port = await freePort();
    const program = await run(`
      zone.socket.server.new():listen(${port}, function(connection) print("joined") end)
      print("listening")
      function zone.update() zone.socket.update() end
    `);
    await program.printedLine("listening");
    const socket = createConnection({ port, host: "127.0.0.1" });
    await program.printedLine("joined");
    program.stop();
    socket.resume();
    await once(socket, "end");
    socket.destroy();
    const second = createConnection({ port, host: "127.0.0.1" });
    const [error] = (await once(second, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  });

  it("hints once at a missing zone.socket.update()", async () => {
    const port = await freePort();
    let time = 0;
    const program = await run(
      `
        zone.socket.server.new():listen(${port}, function(connection) print("joined") end)
        print("listening")
        function zone.update() end
      `,
      { now: () => time },
    );
    await program.printedLine("listening");
    const socket = createConnection({ port, host: "127.0.0.1" });
    await once(socket, "connect");
    await program.until(() => program.network.openSockets === 1);
    time = 2_900;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(program.texts("notice")).toEqual([]);
    time = 10_000;
    await program.until(() => program.texts("notice").length > 0);
    time = 20_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(program.lines.filter((line) => line.detail?.notice?.code === "update-missing")).toHaveLength(1);
    expect(program.printed).toEqual(["listening"]);
    socket.destroy();
  });

  it("needs its entry among the files", async () => {
    const luau = await sharedLuau();
    const options = { luau, files: new Map([["a.luau", ""]]), entry: "b.luau", network: new NodeNetwork(), console: { write: () => {} } };
    expect(() => new Program(options)).toThrow("the project has no file b.luau");
  });
});

describe("an error", () => {
  it.each([
    ["the main chunk", `\nerror("boom")`, 2],
    ["zone.init", `function zone.init()\nerror("boom")\nend`, 2],
    ["zone.update", `function zone.update()\n\nerror("boom")\nend`, 3],
  ])("in %s stops the program after cleanup, with file, line and stack", async (_place, source, line) => {
    const program = await run(`${source}\nfunction zone.cleanup() print("cleanup") end`);
    await program.ended();
    expect(program.states.at(-1)).toBe("failed");
    expect(program.error).toMatchObject({ text: `main.luau:${line}: boom`, chunk: "main.luau", line, message: "boom" });
    expect(program.error?.stack).toContainEqual(expect.objectContaining({ chunk: "main.luau", line }));
    expect(program.lines.find((entry) => entry.level === "error")).toMatchObject({
      text: `main.luau:${line}: boom`,
      detail: { chunk: "main.luau", line },
    });
    expect(program.printed).toEqual(line === 2 && _place === "the main chunk" ? [] : ["cleanup"]);
  });

  it.each(["accept", "onReceive", "onDisconnect"])("in the callback of %s stops the program, even under pcall", async (place) => {
    const port = await freePort();
    const program = await run(`
      zone.socket.server.new():listen(${port}, function(connection)
        if "${place}" == "accept" then error("boom") end
        connection:onReceive(function() if "${place}" == "onReceive" then error("boom") end end)
        connection:onDisconnect(function() if "${place}" == "onDisconnect" then error("boom") end end)
      end)
      print("listening")
      function zone.update() pcall(zone.socket.update) end
      function zone.cleanup() print("cleanup") end
    `);
    await program.printedLine("listening");
    createConnection({ port, host: "127.0.0.1" })
      .end("x")
      .on("error", () => {})
      .resume();
    await program.ended();
    const line = { accept: 3, onReceive: 4, onDisconnect: 5 }[place];
    expect(program.error).toMatchObject({ text: `main.luau:${line}: boom`, line });
    expect(program.printed).toEqual(["listening", "cleanup"]);
  });

  it("in zone.cleanup is shown, and the sockets are closed all the same", async () => {
    const port = await freePort();
    const program = await run(`
      zone.socket.server.new():listen(${port}, function() end)
      print("listening")
      function zone.update() end
      function zone.cleanup() error("boom") end
    `);
    await program.printedLine("listening");
    program.stop();
    expect(program.states.at(-1)).toBe("failed");
    expect(program.texts("error")).toEqual(["main.luau:5: boom"]);
  });

  it.each(["init", "update", "cleanup"])("says so when zone.%s is no function", async (name) => {
    const program = await run(`zone.${name} = 5`);
    await program.ended();
    expect(program.program.state).toBe("failed");
    expect(program.texts("error")).toEqual([`zone.${name} is set to something that is not a function`]);
  });

  it("of the compiler names file and line", async () => {
    const program = await run(`print("x")\nlocal = 5`);
    await program.ended();
    expect(program.error).toMatchObject({ code: "compile", chunk: "main.luau", line: 2 });
    expect(program.printed).toEqual([]);
  });

  it("that is a table says so", async () => {
    const program = await run(`error({ code = 5 })`);
    await program.ended();
    expect(program.error?.text).toMatch(/table/);
  });

  it("tells of a yield that nothing would resume", async () => {
    const program = await run(`function zone.update() coroutine.yield() end`);
    await program.ended();
    expect(program.error).toMatchObject({ line: 1, message: expect.stringContaining("coroutine.yield") });
  });
});

describe("a script that means no good", () => {
  const hostile: [string, string, object][] = [
    ["an endless loop", "while true do end", { code: "interrupted", line: 1 }],
    ["an endless loop under pcall", "while true do\n pcall(function() while true do end end)\nend", { code: "interrupted" }],
    ["endless allocation", "local t = {}\nwhile true do table.insert(t, string.rep('x', 1e6) .. #t) end", { code: "memory", line: 2 }],
    ["endless recursion", "local function f() return 1 + f() end\nf()", { code: "stack-overflow", line: 1 }],
    ["a string that is too long", "local s = string.rep('x', 1e9)", { code: "memory", line: 1 }],
  ];
  it.each(hostile)("%s ends with its line, and a next run works", async (_what, source, error) => {
    const program = await run(source, { entryBudgetMs: source.includes("table.insert") ? 20_000 : 300 });
    await program.until(() => program.program.state === "failed");
    expect(program.error).toMatchObject({ chunk: "main.luau", ...error });
    const next = await run(`print("fine")`);
    await next.printedLine("fine");
  });

  it("an endless zone.cleanup is ended too", async () => {
    const program = await run(`function zone.update() end\nfunction zone.cleanup() while true do end end`);
    program.stop();
    expect(program.states.at(-1)).toBe("failed");
    expect(program.error).toMatchObject({ code: "interrupted", line: 2 });
  });

  it("a script of 10 MB runs", async () => {
    const program = await run(`${"x = 1\n".repeat(rounds({ short: 300_000, full: 1_700_000 }))}print("end")`);
    await program.ended();
    expect(program.error?.text ?? program.printed[0]).toBe("end");
  });

  it("prints a long line only so far", async () => {
    const program = await run(`print(string.rep("x", ${PRINT_LINE_LIMIT + 1}))`);
    await program.ended();
    expect(program.printed[0]).toHaveLength(PRINT_LINE_LIMIT);
    expect(program.lines[1]?.detail).toMatchObject({ notice: { code: "line-cut", length: PRINT_LINE_LIMIT + 1 } });
  });

  it("cannot change the library", async () => {
    const program = await run(`
      for _, change in {
        function() zone.socket.update = nil end,
        function() zone.byteStream.new = nil end,
        function() zone.system.dt = nil end,
        function() string.rep = nil end,
      } do print((pcall(change))) end
      zone.own = 1
      print(zone.own)
    `);
    await program.ended();
    expect(program.printed).toEqual(["false", "false", "false", "false", "1"]);
  });
});

describe("what a script has beside zone", () => {
  it("prints as Luau does", async () => {
    const program = await run(`
      print(nil, true, 1.5, "x", setmetatable({}, { __tostring = function() return "custom" end }))
      print()
      warn("careful", 1)
      print("\\255ж")
    `);
    await program.ended();
    expect(program.printed).toEqual(["nil\ttrue\t1.5\tx\tcustom", "", "\uFFFDж"]);
    expect(program.texts("warn")).toEqual(["careful\t1"]);
  });

  it("has loadstring and collectgarbage('count')", async () => {
    const program = await run(`
      print(loadstring("return 1 + 1")())
      print(loadstring("return +"))
      print(collectgarbage("count") > 10, pcall(collectgarbage, "collect"))
    `);
    await program.ended();
    expect(program.printed[0]).toBe("2");
    expect(program.printed[1]).toMatch(/^nil\tloadstring:1: /);
    expect(program.printed[2]).toMatch(/^true\tfalse\t.*"count" is the only option here, got "collect"/);
  });
});

describe("require", () => {
  it("runs a module once, from any folder", async () => {
    const program = await run({
      "main.luau": `
        local a, again = require("./lib/a"), require("./lib/a.luau")
        print(a.name, a == again, require("./lib").name, a.shared == require("./shared"))
      `,
      "lib/a.luau": `print("loading a") return { name = "a", shared = require("../shared") }`,
      "lib/init.luau": `return { name = "init" }`,
      "shared.luau": `return {}`,
    });
    await program.ended();
    expect(program.printed).toEqual(["loading a", "a\ttrue\tinit\ttrue"]);
  });

  it.each([
    [{ "main.luau": `require("./othr")`, "other.luau": "" }, `there is no module "./othr" (looked for othr, othr.luau); is other.luau meant?`],
    [{ "main.luau": `require("other")` }, `require takes a path that begins with "./" or "../", got "other"`],
    [{ "main.luau": `require("../up")` }, `require("../up") leads out of the project`],
    [
      { "main.luau": `require("./a")`, "a.luau": `require("./b")`, "b.luau": `require("./a")` },
      "modules require each other in a circle: a.luau > b.luau > a.luau",
    ],
    [{ "main.luau": `require("./a")`, "a.luau": `require("./main")` }, "modules require each other in a circle: main.luau > a.luau > main.luau"],
    [{ "main.luau": `require()` }, "missing argument #1 to 'require' (string expected)"],
  ])("%o: %s", async (files, message) => {
    const program = await run(files);
    await program.ended();
    expect(program.error?.message).toBe(message);
    // The position is where require stands, in the last file of a circle.
    expect(program.error?.text).toMatch(/^(main|a|b)\.luau:1: /);
    expect(program.error?.stack.every((frame) => frame.chunk !== "zone")).toBe(true);
  });

  it("keeps the stack of an error that a module raises, and lets it be loaded again", async () => {
    const files = {
      "main.luau": `\nprint(pcall(require, "./bad"))\nprint(pcall(require, "./bad"))\nrequire("./bad")`,
      "bad.luau": `print("loading")\nlocal function fail()\n  error("boom")\nend\nfail()`,
    };
    const program = await run(files);
    await program.ended();
    expect(program.printed).toEqual(["loading", "false\tbad.luau:3: boom", "loading", "false\tbad.luau:3: boom", "loading"]);
    expect(program.error?.stack.filter((frame) => frame.line !== undefined)).toMatchObject([
      { chunk: "bad.luau", line: 3, function: "fail" },
      { chunk: "bad.luau", line: 5 },
      { chunk: "main.luau", line: 4 },
    ]);
  });

  it("is seen from the file that it stands in, under pcall and in a coroutine too", async () => {
    const program = await run({
      "main.luau": `require("./lib/a")`,
      "lib/a.luau": `
        print(pcall(require, "./b"))
        print(coroutine.wrap(require)("./lib/b"))
        coroutine.wrap(function() print(require("./b")) end)()
      `,
      "lib/b.luau": `return "b"`,
    });
    await program.ended();
    expect(program.printed).toEqual(["true\tb", "b", "b"]);
  });

  it("says of a module that still waits for the network that it does", async () => {
    const port = await freePort();
    const program = await run({
      "main.luau": `
        coroutine.wrap(require)("./slow")
        print(pcall(function() require("./slow") end))
      `,
      "slow.luau": `local server = zone.socket.server.new() server:listen(${port}, function() end) server:close()`,
    });
    await program.ended();
    expect(program.printed).toEqual(["false\tmain.luau:3: module slow.luau is still loading: it waits for the network"]);
  });

  it("shows an error of a module in the module", async () => {
    const program = await run({ "main.luau": `\nrequire("./bad")`, "bad.luau": `\n\nlocal x = = 1` });
    await program.ended();
    expect(program.error).toMatchObject({ chunk: "bad.luau", line: 3 });
    const raising = await run({ "main.luau": `print(pcall(require, "./bad")) require("./bad")`, "bad.luau": `\nerror("boom")` });
    await raising.ended();
    expect(raising.error).toMatchObject({ chunk: "bad.luau", line: 2, message: "boom" });
  });

  it("lets a module wait for the network while it loads", async () => {
    const port = await freePort();
    const program = await run({
      "main.luau": `print(require("./net").ok) zone.socket.server.new()`,
      "net.luau": `local server = zone.socket.server.new() server:listen(${port}, function() end) server:close() return { ok = "listened" }`,
    });
    await program.ended();
    expect(program.printed).toEqual(["listened"]);
  });
});
