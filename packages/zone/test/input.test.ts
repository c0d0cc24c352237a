import { describe, expect, it } from "vitest";
import { INPUT_LINE_LIMIT, INPUT_QUEUE_LIMIT } from "../src/index.ts";
import { run, RunningProgram, sharedLuau } from "./support/run-program.ts";

describe("zone.console.onInput", () => {
  it("gets lines in their order, before zone.update, with all their characters", async () => {
    const program = await run(`
      zone.console.onInput(function(line) print("line", line, #line) end)
      local updated = false
      function zone.update() if not updated then updated = true print("update") end end
    `);
    program.pauseFrames();
    const lines = ["", "Привет 🎉", "a\tb", " two "];
    const before = program.printed.length;
    for (const line of lines) expect(program.program.input(line)).toBe(true);
    program.program.frame(0.01);
    expect(program.printed.slice(before).filter((line) => line !== "update")).toEqual(lines.map((line) => `line\t${line}\t${Buffer.byteLength(line)}`));
    if (before === 0) expect(program.printed.at(-1)).toBe("update");
  });

  it("keeps a program alive while it is set, and says so", async () => {
    const wanted: boolean[] = [];
    const program = new RunningProgram(
      await sharedLuau(),
      { "main.luau": `zone.console.onInput(function(line) print(line) zone.console.onInput(nil) end)` },
      { events: { onInputWanted: (wants) => wanted.push(wants) } },
    ).start();
    for (let frame = 0; frame < 5; frame++) program.program.frame(0.01);
    expect(program.program.state).toBe("running");
    program.program.input("last");
    await program.ended();
    expect(program.printed).toEqual(["last"]);
    expect(wanted).toEqual([true, false]);
    program.stop();
  });

  it("keeps lines for a callback that is set later, and lets it be replaced", async () => {
    const program = await run(`
      local frames = 0
      function zone.update()
        frames += 1
        if frames == 3 then
          zone.console.onInput(function(line)
            print("first", line)
            zone.console.onInput(function(other) print("second", other) end)
          end)
        end
      end
    `);
    program.program.input("a");
    program.program.input("b");
    await program.printedLine("second\tb");
    expect(program.printed).toEqual(["first\ta", "second\tb"]);
  });

  it("fails the program with an error of the callback, naming its line", async () => {
    const program = await run(`zone.console.onInput(function(line)\n  error("no " .. line)\nend)`);
    program.program.input("way");
    await program.ended();
    expect(program.error?.text).toBe("main.luau:2: no way");
    expect(program.program.input("more")).toBe(false);
  });

  it("may wait for the network without holding up the next line", async () => {
    const program = await run(`
      zone.console.onInput(function(line)
        if line == "wait" then
          print(pcall(function() zone.socket.client.new():listen("127.0.0.1", 1, function() end) end))
        else
          print(line)
        end
      end)
      function zone.update() zone.socket.update() end
    `);
    program.program.input("wait");
    program.program.input("next");
    await program.until(() => program.printed.length === 2);
    expect(program.printed[0]).toBe("next");
    expect(program.printed[1]).toMatch(/^false\t/);
  });

  it("takes no more than it promises", async () => {
    const program = await run("function zone.update() end");
    expect(program.program.input("x".repeat(INPUT_LINE_LIMIT))).toBe(true);
    expect(program.program.input("x".repeat(INPUT_LINE_LIMIT + 1))).toBe(false);
    for (let line = 1; line < INPUT_QUEUE_LIMIT; line++) expect(program.program.input("x")).toBe(true);
    expect(program.program.input("x")).toBe(false);
  });

  it("takes a function or nil, and nothing else", async () => {
    const program = await run(`print(pcall(zone.console.onInput, "x"))`);
    await program.ended();
    expect(program.printed).toEqual(["false\tinvalid argument #1 to 'onInput' (function expected, got string)"]);
  });
});
