import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { INPUT_LINE_LIMIT, INPUT_QUEUE_LIMIT } from "../src/index.ts";
import { run } from "./support/run-program.ts";

describe("zone.console.onInput", () => {
  it("gets what is typed, byte for byte, in order, before zone.update", async () => {
    const program = await run(`
      zone.console.onInput(function(line) print("got " .. line .. " of " .. #line) end)
      print("ready")
      function zone.update() print("frame") end
    `);
    program.pauseFrames();
    await program.printedLine("ready");
    const before = program.printed.length;
    for (const line of ["Привет 🎈", "", "  two  "]) expect(program.program.input(line)).toBe("taken");
    expect(program.printed.length).toBe(before);
    program.program.frame(0.016);
    expect(program.printed.slice(before)).toEqual(["got Привет 🎈 of 17", "got  of 0", "got   two   of 7", "frame"]);
  });

  it("keeps a program running that has nothing else, until it is taken away", async () => {
    const wanted: boolean[] = [];
    const program = await run(
      `
        zone.console.onInput(function(line)
          print(line)
          if line == "bye" then zone.console.onInput(nil) end
        end)
      `,
      { events: { onInputWanted: (value) => wanted.push(value) } },
    );
    program.program.input("hello");
    await program.printedLine("hello");
    expect(program.program.state).toBe("running");
    program.program.input("bye");
    program.program.input("never heard");
    await program.ended();
    expect(program.printed).toEqual(["hello", "bye"]);
    expect(wanted).toEqual([true, false]);
    expect(program.program.input("too late")).toBe("no-callback");
  });

  it("keeps nothing running once no further line comes and those that waited were had", async () => {
    const program = await run(`zone.console.onInput(function(line) print(line) end)`);
    program.pauseFrames();
    program.program.input("a");
    program.program.input("b");
    expect(program.program.inputWaiting).toBe(2);
    program.program.endInput();
    expect(program.program.state).toBe("running");
    program.program.frame(0.016);
    expect(program.program.state).toBe("stopped");
    expect(program.printed).toEqual(["a", "b"]);
    const idle = await run(`zone.console.onInput(print)`);
    idle.program.endInput();
    expect(idle.program.state).toBe("stopped");
  });

  it("replaces the callback; lines that wait go to the new one", async () => {
    const program = await run(`
      zone.console.onInput(function(line)
        print("first " .. line)
        zone.console.onInput(function(other) print("second " .. other) end)
      end)
    `);
    program.program.input("a");
    program.program.input("b");
    await program.printedLine("second b");
    expect(program.printed).toEqual(["first a", "second b"]);
  });

  it("does not take lines where nobody wants them", async () => {
    const program = await run(`print("ready") function zone.update() end`);
    await program.printedLine("ready");
    expect(program.program.input("hello")).toBe("no-callback");
  });

  it("ends the program with file and line where the callback fails, and hears nothing after that", async () => {
    const program = await run(`zone.console.onInput(function(line)\n  error("no " .. line)\nend)\nfunction zone.update() print("frame") end`);
    program.pauseFrames();
    program.program.input("a");
    program.program.input("b");
    const before = program.printed.length;
    program.program.frame(0.016);
    await program.ended();
    expect(program.error).toMatchObject({ text: "main.luau:2: no a", chunk: "main.luau", line: 2 });
    expect(program.printed.length).toBe(before);
  });

  it("lets a callback wait for the network, and the next lines wait for it", async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const program = await run(`
      zone.console.onInput(function(line)
        print("begin " .. line)
        local client = zone.socket.client.new()
        client:listen("127.0.0.1", ${port}, function() end)
        client:close()
        print("end " .. line)
      end)
      function zone.update() zone.socket.update() end
    `);
    program.program.input("1");
    program.program.input("2");
    await program.printedLine("end 2");
    expect(program.printed).toEqual(["begin 1", "end 1", "begin 2", "end 2"]);
  });

  it("keeps at most INPUT_QUEUE_LIMIT lines, and says when one is lost", async () => {
    const program = await run(`local count = 0 zone.console.onInput(function(line) count += 1 print(count, line) end)`);
    program.pauseFrames();
    for (let line = 1; line <= INPUT_QUEUE_LIMIT; line++) expect(program.program.input(String(line))).toBe("taken");
    expect(program.program.input("one more")).toBe("queue-full");
    expect(program.lines.at(-1)).toMatchObject({ level: "notice", detail: { notice: { code: "input-full", limit: INPUT_QUEUE_LIMIT } } });
    program.program.frame(0.016);
    expect(program.printed.at(-1)).toBe(`${INPUT_QUEUE_LIMIT}\t${INPUT_QUEUE_LIMIT}`);
  });

  it("refuses a line that is too long, by its length", async () => {
    const program = await run(`zone.console.onInput(function(line) print(#line) end)`);
    program.program.input("x".repeat(INPUT_LINE_LIMIT));
    expect(() => program.program.input("x".repeat(INPUT_LINE_LIMIT + 1))).toThrow(String(INPUT_LINE_LIMIT + 1));
    await program.printedLine(String(INPUT_LINE_LIMIT));
  });
});
