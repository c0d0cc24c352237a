import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { LOADSTRING_LIMIT, MODULE_PATH_LIMIT } from "../src/limits.ts";
import { join, serve } from "./support/peers.ts";
import { run } from "./support/run-program.ts";

const MIB = 1024 * 1024;

/** Bytes of this process that the garbage collectors of both sides decide about. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe("objects of the host", () => {
  it.each(["zone.byteStream.new()", "zone.socket.server.new()", "zone.socket.client.new()", 'zone.byteStream.fromString("x")'])(
    "count against the memory cap, so that a script cannot fill the browser beside it: %s",
    async (made) => {
      const program = await run(
        `
        local kept = {}
        local ok, message = pcall(function() while true do table.insert(kept, ${made}) end end)
        local count = #kept
        kept = nil
        print(ok, message, count)
        print(typeof(${made}))
      `,
        { memoryLimit: 16 * MIB },
      );
      await program.ended();
      const [ok, message, count] = program.printed[0]!.split("\t");
      expect([ok, message, program.printed[1], program.error]).toEqual(["false", "not enough memory", expect.stringMatching(/^[A-Z]/), undefined]);
      // A kibibyte each: 16 MiB hold no more, and not far fewer.
      expect(Number(count)).toBeLessThan(16_384);
      expect(Number(count)).toBeGreaterThan(10_000);
    },
  );

  it("drive the collector: 100,000 a frame that nobody keeps stay below the cap", async () => {
    const before = held();
    let most = 0;
    const program = await run(
      `
      local frames = 0
      function zone.update()
        for _ = 1, 100000 do zone.byteStream.new():writeU8(1) end
        frames += 1
        if frames == ${rounds({ short: 2, full: 5 })} then zone.update = nil print("all of them") end
      end
    `,
      { memoryLimit: 32 * MIB },
    );
    while (program.printed.length === 0 && program.error === undefined) {
      most = Math.max(most, held() - before);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(program.error).toBeUndefined();
    // What V8 has not got round to collecting comes on top of the cap.
    expect(most).toBeLessThan(6 * 32 * MIB);
  });

  it("that find no memory are let go of at once", async () => {
    const program = await run(
      `
      local kept = {}
      pcall(function() while true do table.insert(kept, zone.byteStream.new()) end end)
      for _ = 1, 300 do table.remove(kept) end
      pcall(string.rep, "x", 2^30)
      local before = collectgarbage("count")
      for _ = 1, 30 do assert(not pcall(function() zone.byteStream.fromString(string.rep("x", 2^18)) end)) end
      print(math.abs(collectgarbage("count") - before) < 300)
    `,
      { memoryLimit: 4 * MIB },
    );
    await program.ended();
    expect([program.printed, program.error]).toEqual([["true"], undefined]);
  });

  it("count for bytes that wait for a callback, too, until it has had them", async () => {
    const { program, port } = await serve(
      "kept = connection",
      `
      function zone.update()
        zone.socket.update()
        if wanted then
          local total = 0
          kept:onReceive(function(data) total += #data if total == 100000 then print("had them") end end)
          wanted = false
        end
      end
      zone.console.onInput(function() wanted = true end)
    `,
    );
    const socket = await join(port);
    await program.until(() => program.program.stats.connections === 1);
    const before = program.program.stats.memoryUsed;
    socket.write(new Uint8Array(100_000));
    await program.until(() => program.program.stats.memoryUsed > before + 90_000);
    program.program.input("now");
    await program.printedLine("had them");
    await program.until(() => program.program.stats.memoryUsed < before + 300_000);
    socket.destroy();
  });
});

describe("host calls with a long text", () => {
  it.each([
    [
      "a path for require",
      `require("./" .. string.rep("a", 200000))`,
      `require takes a path of at most ${MODULE_PATH_LIMIT} characters, this one has 200002; it begins with "./${"a".repeat(38)}"`,
    ],
    [
      "a source for loadstring",
      `loadstring(string.rep("a=1 ", 2^20))`,
      `invalid argument #1 to 'loadstring' (a source of at most ${LOADSTRING_LIMIT} bytes expected, got one of 4194304)`,
    ],
  ])("are bounded: %s", async (_, call, message) => {
    const begun = process.cpuUsage();
    const program = await run({
      "main.luau": `print(select(2, pcall(function() ${call} end)))`,
      ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`module-${"a".repeat(50)}-${index}.luau`, ""])),
    });
    await program.ended();
    expect(program.printed[0]).toBe(`main.luau:1: ${message}`);
    // It takes some hundred milliseconds of the processor; 100 names took half a minute for this path.
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(10_000);
  });

  it("takes a path and a source up to the limit", async () => {
    const program = await run(`
      print((string.find(select(2, pcall(require, "./" .. string.rep("a", ${MODULE_PATH_LIMIT - 2}))), "no module", 1, true)) ~= nil)
      print(loadstring("return '" .. string.rep("x", ${LOADSTRING_LIMIT - 9}) .. "'") ~= nil)
    `);
    await program.ended();
    expect(program.printed).toEqual(["true", "true"]);
  });
});
