import { describe, expect, it } from "vitest";
import { ECHO, echoStep, judge, judgeStep, useCheckBridge } from "./support/judged.ts";

useCheckBridge();

/** Within this a check that goes wrong is ended, whatever else the computer does, ms. */
const SOON_MS = 20_000;

/** Nothing of a check that goes wrong may be taken for the learner's mistake. */
const FAULT = { state: "check-at-fault", message: { en: "The check itself is at fault, not your program." } };

describe("a check that goes wrong", () => {
  it.each([
    ["loops", `while true do end`, /ran for|time|budget|too long/],
    ["loops in a pcall", `while true do pcall(function() while true do end end) end`, /ran for|time|budget|too long/],
    ["prints without end", `while true do print(string.rep("x", 10000)) end`, /ran for|time|budget|too long/],
    ["takes all memory", `local t = {} while true do t[#t + 1] = string.rep("x", 1000000) .. #t end`, /not enough memory|ran for|time|budget|too long/],
    ["raises an error", `error("oh no")`, /check\.luau:3: oh no/],
    ["calls what is not there", `check.strt()`, /attempt to call/],
    ["has a message in one language", `check.fail({ en = "x" })`, /a message has both en and ru/],
    ["has no message", `check.fail({})`, /a table with a message expected/],
    ["starts a program that is not there", `check.start("other.luau")`, /one of the lesson's programs expected/],
    ["names a mistake that cannot be", `check.fail({ en = "x", ru = "x", mistake = "No Update" })`, /the name of the mistake has other characters/],
    ["begins a step in a step", `check.step("two", function() end)`, /begins inside of the step one/],
    ["connects to port 0", `check.connect(0)`, /a port is a whole number/],
    ["listens twice on one port", `check.listen(8080) check.listen(8080)`, /port 8080 is already in use|8080/i],
    ["types a book", `check.start():type(string.rep("x", 5000))`, /a line of at most 4096 characters/],
    ["waits for a day", `check.wait(86400)`, /0 to 10 seconds/],
    ["slices into nothing", `check.start() check.connect(1, { slice = 0 })`, /slice is a whole number of bytes/],
  ])("and %s is told as that", async (_, check, error) => {
    const result = await judgeStep({ check });
    expect(result).toMatchObject(FAULT);
    expect(result.error).toMatch(error);
    // Far above what it may take, far below what it would.
    expect(result.to - result.from).toBeLessThan(SOON_MS);
  });

  it.each([
    ["does not compile", `check.step("one"`, /check\.luau:\d+: /],
    ["leaves a step out", `check.step("one", function() end)`, /ended without check\.step/],
    ["has a step that the lesson has not", `check.step("three", function() end)`, /check\.step\("three"\) is not the next step/],
    ["has steps in another order", `check.step("two", function() end)`, /steps come in the order of the lesson, which are one, two/],
    ["asks outside of a step", `check.start()`, /call this inside of check\.step/],
    ["gives no function", `check.step("one")`, /invalid argument #2 to 'step' \(function expected, got nil\)/],
    [
      "diagnoses badly",
      `check.step("one", function() check.fail({ en = "e", ru = "r" }) end, { diagnose = function() return nil .. "" end })`,
      /attempt to concatenate nil/,
    ],
    [
      "diagnoses what cannot be",
      `check.step("one", function() check.fail({ en = "e", ru = "r" }) end, { diagnose = function() return "No" end })`,
      /no name of a mistake/,
    ],
  ])("and %s is told as that", async (_, check, error) => {
    const { results, isPassed } = await judge({ check, steps: ["one", "two"] });
    const fault = results.find(({ state }) => state !== "passed");
    expect(fault).toMatchObject(FAULT);
    expect(fault?.error).toMatch(error);
    expect(isPassed).toBe(false);
  });

  it("waits for ever, and is ended", async () => {
    const { results } = await judge({
      check: `check.step("one", function() while true do check.wait(0.01) end end, { seconds = 0.3 })\ncheck.step("two", function() end)`,
      steps: ["one", "two"],
    });
    expect(results).toMatchObject([
      { step: "one", ...FAULT, error: "the step one took longer than 0.3 s" },
      { step: "two", state: "did-not-run" },
    ]);
    expect(results[0]!.to - results[0]!.from).toBeLessThan(SOON_MS);
  });

  it("keeps the newest lines that it has printed, cut short", async () => {
    const { log, isPassed } = await judge({ check: `check.step("one", function() for i = 1, 1000 do print(i, string.rep("x", 1000)) end end)` });
    expect(isPassed).toBe(true);
    expect(log).toHaveLength(100);
    expect(log.at(-1)).toMatch(/^1000\tx+$/);
    expect(log.at(-1)).toHaveLength(500);
  });

  it("opens no more than it may", async () => {
    const result = await judgeStep({ files: ECHO, check: `check.start() check.expectListening(8080) for i = 1, 200 do check.connect(8080) end` });
    expect(result).toMatchObject({ ...FAULT, error: expect.stringContaining("a step has at most 100 connections") as unknown });
  });

  it("floods a program that does not read, and is told how much was taken", async () => {
    const deaf = `zone.socket.server.new():listen(8080, function() end)`;
    const check = `
      check.start()
      check.expectListening(8080)
      local client = check.connect(8080)
      local flood = string.rep("x", 4 * 1024 * 1024)
      local taken = 0
      repeat
        local now = client:send(flood, { within = 0.3 })
        taken += now
      until now < #flood
      check.expectThat(taken < 64 * 1024 * 1024, { en = "e", ru = "r", got = tostring(taken) })
    `;
    expect(await judgeStep({ files: deaf, check })).toMatchObject({ state: "passed" });
  });

  it("leaves the bridge as it was for the next one", async () => {
    await Promise.all([judgeStep({ check: `while true do end` }), judgeStep({ check: `check.listen(8080) error("x")` })]);
    expect(await judgeStep({ files: ECHO, check: `check.start() check.expectListening(8080) check.connect(8080)` })).toMatchObject({ state: "passed" });
  });
});

describe("a learner's program that goes wrong", () => {
  it("does not compile: told before anything runs, with its place", async () => {
    const { results } = await judge({ files: { "main.luau": "", "b.luau": "print(1)\nlocal = 2" }, check: `error("is not run")`, steps: ["one", "two"] });
    expect(results).toMatchObject([
      { state: "does-not-compile", place: { file: "b.luau", line: 2 }, error: expect.stringMatching(/^b\.luau:2: /) as unknown },
      { state: "did-not-run" },
    ]);
  });

  it("stops with an error: told at once, with its place", async () => {
    const result = await judgeStep({ files: "print(1)\nnothing()", check: `check.start():expectPrinted("2", { within = 20 })` });
    expect(result).toMatchObject({ state: "failed", message: { en: "main.luau stopped with an error." }, place: { file: "main.luau", line: 2 } });
    expect(result.error).toContain("attempt to call a nil value");
  });

  it("never listens", async () => {
    const result = await judgeStep({ check: `check.start() check.expectListening(8080, { within = 0.3 })` });
    expect(result).toMatchObject({
      state: "failed",
      message: { en: "No program listens on port 8080 after 0.3 s.", ru: "Прошло 0.3 с, а порт 8080 никто не слушает." },
    });
  });

  it("listens for itself alone", async () => {
    const files = `zone.socket.server.new():listen(8080, "127.0.0.1", function() end)`;
    expect(await judgeStep({ files, check: `check.start() check.expectListening(8080, { within = 0.5 })` })).toMatchObject({
      message: { en: expect.stringContaining("for the own machine only") as unknown },
    });
  });

  it("loops: the step fails, and the check goes on", async () => {
    const result = await judgeStep({ files: `while true do end`, check: `check.start():expectPrinted("x")` });
    expect(result).toMatchObject({ state: "failed", message: { en: "main.luau stopped with an error." } });
  });

  it("prints without end: what is kept is bounded", async () => {
    const files = `function zone.update() for i = 1, 2000 do print(i) end end`;
    const check = `
      local program = check.start()
      program:expectPrinted("2000")
      check.wait(0.5)
      check.expectThat(#program:printed() <= 4000, { en = "e", ru = "r" })
      check.expectThat(#program:printed() > 1000, { en = "e", ru = "r" })
    `;
    expect(await judgeStep({ files, check })).toMatchObject({ state: "passed" });
  });

  it("sends without end: what is held is bounded, and what is shown is cut", async () => {
    const files = `
      local all = {}
      zone.socket.server.new():listen(8080, function(connection) table.insert(all, connection) end)
      local data = zone.byteStream.fromString(string.rep("x", 100000))
      function zone.update()
        zone.socket.update()
        for _, connection in all do for i = 1, 50 do connection:send(data) end end
      end`;
    const result = await judgeStep({
      files,
      check: `check.start() check.expectListening(8080) local client = check.connect(8080) check.wait(1) client:expectEnd()`,
    });
    expect(result).toMatchObject({ state: "failed", message: { en: "Something has arrived, and nothing should have." } });
    expect(result.got?.bytes).toHaveLength(1024);
    expect(result.got!.omitted).toBeLessThan(4 * 1024 * 1024);
  });

  it("hangs when it is stopped: the next step has its port all the same", async () => {
    const files = `${ECHO}\nfunction zone.cleanup() zone.system.delay(60) end`;
    expect(await judge({ files, check: echoStep("one") + echoStep("two"), steps: ["one", "two"] })).toMatchObject({ isPassed: true });
  });
});
