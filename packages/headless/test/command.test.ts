import { connect } from "node:net";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeShare, shareHash, zipProject } from "@playground/share";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { helpText, runCommand, STATUS } from "../src/index.ts";
import { Command, folder, runFiles } from "./support/command.ts";
import { echoServer, UPDATE } from "./support/scripts.ts";

/** What a TCP client hears until the other side ends. */
async function ask(port: number, text: string): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.end(text);
  let answer = "";
  socket.on("data", (data: Buffer) => void (answer += data.toString()));
  await once(socket, "end");
  return answer;
}

describe("a program", () => {
  it("that has nothing left to do ends by itself, with status 0", async () => {
    const result = await runFiles({ "main.luau": 'print("hello", zone.isHeadless)\nwarn("careful")\n' }, ["main.luau"]);
    expect(result).toEqual({ status: 0, out: "hello\ttrue\n", errors: "careful\n" });
  });

  it("has its delays, its modules, and ends when it quits", async () => {
    const result = await runFiles(
      {
        "game/main.luau": `local words = require("../shared/words")\nzone.system.delay(0.05)\nprint(words)\nfunction zone.update() zone.system.quit() end\nfunction zone.cleanup() print("bye") end\n`,
        "shared/words.luau": 'return "later"\n',
      },
      ["game/main.luau"],
    );
    expect(result).toEqual({ status: 0, out: "later\nbye\n", errors: "" });
  });

  it("that fails says where, with the calls that led there and what it was about, after zone.cleanup; status 1", async () => {
    const { status, out, errors } = await runFiles(
      { "main.luau": 'local function f(x)\n\treturn x.y\nend\nfunction zone.init() f(nil) end\nfunction zone.cleanup() print("cleanup") end\n' },
      ["main.luau"],
    );
    expect([status, out]).toEqual([1, "cleanup\n"]);
    const [first, ...calls] = errors.split("\n");
    expect(first).toMatch(/^main\.luau:2: attempt to index nil with 'y'\. `x` is nil, and nil has no `y`\. /);
    expect(calls).toEqual(["    main.luau:2 in f", "    main.luau:4 in init", ""]);
  });

  it("with a syntax error says so in one line, with a path that leads to the file, and what it means", async () => {
    const result = await runFiles({ "a/b.luau": "local x = = 1\n" }, ["a/b.luau"]);
    expect(result).toEqual({
      status: 1,
      out: "",
      errors: "a/b.luau:1: Expected identifier when parsing expression, got '='. A name or a value is missing before `=`.\n",
    });
  });

  it("explains failures of the network in Russian to those who read it", async () => {
    const port = await freePort();
    const { status, errors } = await runFiles({ "main.luau": `zone.socket.client.new():connect("127.0.0.1", ${port}, print)` }, ["--lang", "ru", "main.luau"]);
    expect(status).toBe(1);
    expect(errors).toBe(
      `main.luau:1: 127.0.0.1:${port} refused the connection: nothing listens there. Start the server first, and check the port. Там никто не слушает. Сначала запустите сервер; проверьте адрес и порт.\n`,
    );
  });

  it("that never returns is ended by its budget, and holds up no other one meanwhile", async () => {
    const port = await freePort();
    const command = new Command(folder({ "loop.luau": 'print("looping")\nwhile true do end\n', "server.luau": echoServer(port) }), [
      "loop.luau",
      "server.luau",
    ]);
    await command.says("server.luau: listening");
    await command.says("loop.luau: looping");
    expect(await ask(port, "ping")).toBe("ping");
    expect(command.errors).toBe("");
    await command.until(() => command.errors.includes("loop.luau: loop.luau:2: the script ran for longer than its budget of 5000 ms"), "the end of the loop");
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(1);
  });

  it("sends everything before the process ends", async () => {
    const port = await freePort();
    const command = new Command(
      folder({
        "main.luau": `
          zone.socket.server.new():listen(${port}, function(connection)
            connection:send(zone.byteStream.fromString(string.rep("x", 8 * 2^20)))
            zone.system.quit()
          end)
          print("listening")
          ${UPDATE}
        `,
      }),
      ["main.luau"],
    );
    await command.says("listening");
    const socket = connect(port, "127.0.0.1");
    let bytes = 0;
    // Slowly, so that most of it has to wait for its reader.
    socket.on("data", (data: Buffer) => {
      bytes += data.length;
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    await once(socket, "close");
    expect(bytes).toBe(8 * 2 ** 20);
    expect(await command.ended).toBe(0);
  });
});

describe("signals", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s runs zone.cleanup and ends with status 0", async (signal) => {
    const port = await freePort();
    const command = new Command(folder({ "main.luau": echoServer(port) }), ["main.luau"]);
    await command.says("listening");
    const peer = connect(port, "127.0.0.1");
    peer.write("ping");
    await once(peer, "data");
    const ended = once(peer, "close");
    peer.resume();
    command.process.kill(signal);
    expect(await command.ended).toBe(0);
    expect(command.out).toBe("listening\nbye\n");
    expect(command.errors).toBe("");
    // An ordinary end, and no reset.
    expect((await ended)[0]).toBe(false);
  });

  it("a program that does not answer is ended by force; status 1", async () => {
    const command = new Command(folder({ "main.luau": 'print("looping")\nwhile true do end\n' }), ["main.luau"]);
    await command.says("looping");
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(1);
    expect(command.errors).toBe("the program did not stop within 1.5 s and was ended; zone.cleanup may not have run\n");
  });

  it("the second one ends at once, and the same press that comes twice is one", async () => {
    const source = 'print("here")\nfunction zone.update() end\nfunction zone.cleanup() print("cleanup") while true do end end\n';
    const command = new Command(folder({ "main.luau": source }), ["main.luau"]);
    await command.says("here");
    command.process.kill("SIGINT");
    command.process.kill("SIGINT");
    await command.says("cleanup");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(command.process.exitCode).toBeNull();
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(130);
  });
});

describe("standard input", () => {
  it("goes to zone.console.onInput line by line, and its end ends a program that lives for nothing else", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
    const result = await runFiles({ "main.luau": "zone.console.onInput(function(line) print(line) end)" }, ["main.luau"], `${lines.join("\r\n")}\nПривет`);
    expect(result).toEqual({ status: 0, out: `${lines.join("\n")}\nПривет\n`, errors: "" });
  });

  it("is of no concern to a program that takes none", async () => {
    const command = new Command(folder({ "main.luau": 'print("up")\nfunction zone.update() end' }), ["main.luau"]);
    command.process.stdin.end("nobody reads this\n");
    await command.says("up");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(command.process.exitCode).toBeNull();
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(0);
  });

  it("goes to the first of several programs that takes any, or to the one that a line names", async () => {
    const source = "zone.console.onInput(function(line) print(line) end)";
    const { out } = await runFiles(
      { "a.luau": "zone.system.delay(0.1)", "b.luau": source, "c.luau": source },
      ["a.luau", "b.luau", "c.luau"],
      "one\nc.luau: two\nb.luau:three\n",
    );
    const lines = out.split("\n").filter((line) => line !== "");
    expect(lines).toHaveLength(3);
    // Which of the two programs is there first is up to their threads.
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^[bc]\.luau: one$/)]));
    expect(out).toMatch(/: two$/m);
  });

  it("leaves a line out that is too long, and says so", async () => {
    const { status, out, errors } = await runFiles(
      { "main.luau": "zone.console.onInput(function(line) print(#line) end)" },
      ["main.luau"],
      `a\n${"x".repeat(100_000)}\nbc\n`,
    );
    expect({ status, out, errors }).toEqual({ status: 0, out: "1\n2\n", errors: "line 2 of the input was left out: it has 100000 characters\n" });
  });
});

describe("output", () => {
  it("is all there, however fast it comes and however slowly it is read", async () => {
    const command = new Command(folder({ "main.luau": 'for i = 1, 200000 do print("number", i) end' }), ["main.luau"]);
    command.process.stdout.pause();
    setTimeout(() => command.process.stdout.resume(), 300);
    expect(await command.ended).toBe(0);
    const lines = command.out.split("\n");
    expect(lines).toHaveLength(200_001);
    expect(lines.slice(-2)).toEqual(["number\t200000", ""]);
  });

  it("cannot drive the terminal", async () => {
    const { out } = await runFiles({ "main.luau": 'print("a\\27[2J\\27[31mb\\7\\rc\\27]0;title\\7")' }, ["main.luau"]);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
    expect(out).toMatch(/^a.*b.*c.*\n$/);
  });

  it("whose reader has gone ends the programs in good order", async () => {
    const command = new Command(folder({ "main.luau": 'print("up")\nfunction zone.update() print("more") end\nfunction zone.cleanup() warn("cleanup") end' }), [
      "main.luau",
    ]);
    await command.says("up");
    command.process.stdout.destroy();
    expect(await command.ended).toBe(0);
    expect(command.errors).toBe("cleanup\n");
  });
});

describe("--watch", () => {
  it("runs again when a file changes, one that is required too, and when an editor puts a new one in its place", async () => {
    const path = folder({
      "main.luau": 'print("value", require("./value"))\nfunction zone.update() end\nfunction zone.cleanup() print("bye") end',
      "value.luau": "return 1",
    });
    const command = new Command(path, ["--watch", "main.luau"]);
    await command.says("value\t1");
    writeFileSync(join(path, "value.luau"), "return 2");
    await command.says("bye\nvalue\t2");
    writeFileSync(join(path, "value.luau.new"), "return 3");
    renameSync(join(path, "value.luau.new"), join(path, "value.luau"));
    await command.says("bye\nvalue\t3");
    // The same again is no change.
    writeFileSync(join(path, "value.luau"), "return 3");
    writeFileSync(join(path, "main.luau"), "print(");
    await command.until(() => /main\.luau:1: /.test(command.errors), "the syntax error");
    writeFileSync(join(path, "main.luau"), 'print("good again")');
    await command.says("good again");
    expect(command.out).toBe("value\t1\nbye\nvalue\t2\nbye\nvalue\t3\nbye\ngood again\n");
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(0);
  });
});

describe("--timeout", () => {
  it("stops what is not over in time, and says so with its status", async () => {
    const { status, out, errors } = await runFiles({ "main.luau": 'function zone.update() end\nfunction zone.cleanup() print("bye") end' }, [
      "--timeout",
      "3",
      "main.luau",
    ]);
    expect({ status, out, errors }).toEqual({ status: 124, out: "bye\n", errors: "--timeout: not over after 3 s\n" });
  });

  it("is of no matter to what is over before", async () => {
    expect(await runFiles({ "main.luau": "print(1)" }, ["--timeout", "60", "main.luau"])).toEqual({ status: 0, out: "1\n", errors: "" });
  });
});

describe("--fps", () => {
  it("is the frames a second, until the script asks for others", async () => {
    const source = `
      local frames, time = 0, 0
      function zone.update(dt)
        frames += 1
        time += dt
        if frames == 20 then print(math.round(time / frames * 1000)) zone.system.setTargetFPS(20) end
        if frames > 22 then print(dt > 0.03) zone.system.quit() end
      end
    `;
    const { out } = await runFiles({ "main.luau": source }, ["--fps", "250", "main.luau"]);
    const [milliseconds, slower] = out.split("\n");
    expect(Number(milliseconds)).toBeGreaterThanOrEqual(3);
    expect(Number(milliseconds)).toBeLessThan(16);
    expect(slower).toBe("true");
  });
});

describe("zips and links", () => {
  const project = {
    files: [
      { name: "server.luau", source: 'print(require("./words"))', isProgram: true },
      { name: "words.luau", source: 'return "from a project"', isProgram: false },
    ],
  };

  it("are run as the page runs them: programs, and modules for them", async () => {
    expect(await runFiles({ "project.zip": zipProject(project) }, ["project.zip"])).toEqual({ status: 0, out: "from a project\n", errors: "" });
    const link = `http://127.0.0.1:8080/${shareHash(encodeShare(project))}`;
    expect(await runFiles({}, [link])).toEqual({ status: 0, out: "from a project\n", errors: "" });
  });

  it("that are broken are refused in one line each, with status 2", async () => {
    const zip = zipProject(project);
    for (const length of [0, 1, 40, zip.length >> 1, zip.length - 30]) {
      const { status, out, errors } = await runFiles({ "cut.zip": zip.subarray(0, length) }, ["cut.zip"]);
      expect([length, status, out]).toEqual([length, 2, ""]);
      expect(errors).toMatch(/^cut\.zip: [^\n]+\n$/);
    }
    const late = await runFiles({}, ["#share=v9.abc"]);
    expect(late).toMatchObject({ status: 2, out: "" });
    expect(late.errors).toMatch(/^#share=v9\.abc: [^\n]*version[^\n]*\n$/);
  });
});

describe("wrong use", () => {
  const circle = { "x/a.luau": 'require("./b")', "x/b.luau": 'require("./a")' };
  it.each<[string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ["nothing named", {}, [], /^name a file, a folder, a zip or a share link; --help tells more$/],
    ["a file that is not there", {}, ["gone.luau"], /^gone\.luau is not there$/],
    ["a folder without a Luau file", { "x/readme.txt": "" }, ["x"], /^x holds no \.luau file$/],
    ["a folder without a program", circle, ["x"], /^x holds no program: every file is one that another requires$/],
    [
      "too many programs",
      Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`x/p${i}.luau`, ""])),
      ["x"],
      /^these are 21 programs, and at most 20 run side by side/,
    ],
    ["a link that is none", {}, ["http://127.0.0.1/room/abc/"], /holds no project/],
    ["an unknown option", {}, ["--what", "a"], /^Unknown option '--what'$/],
    ["too many frames", {}, ["--fps", "1001", "a"], /^--fps is "1001"; it takes a number from 1 to 1000$/],
    ["no number", {}, ["--fps", "1e2", "a"], /^--fps is "1e2"; /],
    ["no time", {}, ["--timeout", "0", "a"], /^--timeout is "0"; it takes seconds, more than 0 and at most 86400$/],
    ["a capture of another kind", {}, ["--capture", "talk.txt", "a"], /^--capture is "talk\.txt"; it takes a file whose name ends in \.pcapng$/],
    ["an unknown language", {}, ["--lang", "de", "a"], /^--lang is "de"; it takes en or ru$/],
  ])("%s: one line, status 2", async (_what, files, args, message) => {
    const { status, out, errors } = await runFiles(files, args);
    expect([status, out]).toEqual([2, ""]);
    expect(errors.split("\n")).toEqual([expect.stringMatching(message), ""]);
  });

  it("a port in use is an error of the script that wants it", async () => {
    const port = await freePort();
    const server = new Command(folder({ "main.luau": echoServer(port) }), ["main.luau"]);
    await server.says("listening");
    const { status, errors } = await runFiles({ "main.luau": `\nzone.socket.server.new():listen(${port}, print)` }, ["main.luau"]);
    expect([status, errors]).toEqual([1, `main.luau:2: Port ${port} is already in use. Stop the program that listens on it, or choose another port.\n`]);
  });
});

describe("the command as a function", () => {
  it("tells its help by the name that it was called by, and its version", async () => {
    const { status, out } = await runFiles({}, ["--help"]);
    expect([status, out]).toEqual([0, helpText("npm run zone --")]);
    expect((await runFiles({}, ["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("gives the status back, and leaves no listener of signals behind", async () => {
    const before = process.listenerCount("SIGINT");
    const path = folder({ "main.luau": "local _ = 1" });
    expect(await runCommand(["main.luau"], { from: path, thread: new URL("../dist/program/program-thread.js", import.meta.url) })).toBe(STATUS.ok);
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
