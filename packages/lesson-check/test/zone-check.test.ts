import { describe, expect, it } from "vitest";
import { CONNECTED, ECHO, echoStep, judge, judgeStep, useCheckBridge } from "./support/judged.ts";

useCheckBridge();

const text = (bytes: string): unknown => expect.objectContaining({ text: bytes });

/** How a check with this seed cuts a text, and a number that it draws. */
async function pieces(seed: number): Promise<string> {
  const { log } = await judge({
    files: ECHO,
    seed,
    check: `check.step("one", function()
      local program = check.start()
      check.expectListening(8080)
      local client = check.connect(8080, { slice = "random", gap = 0.2 })
      client:send("abcdefghijklmnop")
      client:expect("abcdefghijklmnop", { within = 20 })
      print(check.random(1, 1000000), table.concat(program:printed(), " "))
    end)`,
  });
  return log.join("");
}

/** A step that fails after `body`, and calls its mistake by whether a program has ended. */
const failing = (body: string): string =>
  `check.step("one", function() ${body} check.fail({ en = "e", ru = "r" }) end, { diagnose = function(failure) return if failure.programEnded then "ended" else "runs" end })`;

const mistakeOf = async (files: string, body: string): Promise<unknown> => (await judge({ files, check: failing(body), steps: ["one"] })).results[0]?.mistake;

describe("how the examiner sends", () => {
  it("in slices, each of which the program gets by itself", async () => {
    const { log } = await judge({
      files: ECHO,
      check: `check.step("one", function() ${CONNECTED} client:send("abcdef", { slice = 2, gap = 0.2 }) client:expect("abcdef") print(table.concat(program:printed(), " ")) end)`,
    });
    expect(log).toEqual(["piece\t2 piece\t2 piece\t2"]);
  });

  it("glued where nothing is said", async () => {
    const { log } = await judge({
      files: ECHO,
      check: `check.step("one", function() ${CONNECTED} client:send("one\\ntwo\\n") client:expectLine("one") client:expectLine("two") print(table.concat(program:printed(), " ")) end)`,
    });
    expect(log).toEqual(["piece\t8"]);
  });

  it("at places that the seed decides", async () => {
    const [one, again, other] = await Promise.all([pieces(5), pieces(5), pieces(6)]);
    expect(one).toMatch(/piece\t\d+ piece/);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it("after a delay", async () => {
    const check = `${CONNECTED}
      local begun = os.clock()
      client:send(zone.byteStream.fromString("x"), { delay = 0.3 })
      client:expect("x")
      check.expectThat(os.clock() - begun >= 0.3, { en = "e", ru = "r" })`;
    expect(await judgeStep({ files: ECHO, check })).toMatchObject({ state: "passed" });
  });

  it("half a close, after which it still hears", async () => {
    const files = `
      zone.socket.server.new():listen(8080, function(connection)
        connection:onReceive(function(data) connection:send(zone.byteStream.fromString("had " .. #data)) end)
        connection:onDisconnect(function() print("gone") end)
      end)
      function zone.update() zone.socket.update() end`;
    expect(
      await judgeStep({
        files,
        check: `${CONNECTED} client:send("abc") client:finish() client:expect("had 3") client:expectEnd() program:expectPrinted("gone")`,
      }),
    ).toMatchObject({
      state: "passed",
    });
  });

  it.each(["reset", "close"])("a %s, of which the program hears", async (how) => {
    expect(
      await judgeStep({ files: ECHO, check: `${CONNECTED} client:send("x") client:expect("x") client:${how}() program:expectPrinted("gone")` }),
    ).toMatchObject({ state: "passed" });
  });

  it("nothing back to a program's flood while it does not read", async () => {
    const files = `
      local connections, total, isFull = {}, 0, false
      zone.socket.server.new():listen(8080, function(connection) table.insert(connections, connection) end)
      local data = zone.byteStream.fromString(string.rep("x", 1000000))
      function zone.update()
        zone.socket.update()
        for _, connection in connections do
          if isFull then continue end
          local taken = connection:send(data)
          total += taken
          if taken < #data then isFull = true print("full") connection:close() end
        end
      end`;
    const check = `
      local program = check.start()
      check.expectListening(8080)
      local client = check.connect(8080, { reads = false })
      program:expectPrinted("full", { within = 10 })
      local held = client:unread()
      check.expectThat(#held < 600000, { en = "e", ru = "r", got = tostring(#held) })
      client:setReads(true)
      local all = client:readAll({ within = 10 })
      check.expectThat(#all > 1000000, { en = "e", ru = "r", got = tostring(#all) })`;
    expect(await judgeStep({ files, check })).toMatchObject({ state: "passed" });
  });
});

describe("what the examiner expects", () => {
  it.each([
    [
      "other bytes",
      `client:send("hallo\\n") client:expectLine("hello")`,
      { message: { en: "Something else has arrived." }, expected: text("hello\n"), got: text("hallo\n") },
    ],
    ["too few", `client:send("he") client:expect("hello", { within = 0.3 })`, { message: { en: "Not everything has arrived after 0.3 s." }, got: text("he") }],
    ["nothing", `client:expect("x", { within = 0.3 })`, { message: { ru: "Прошло 0.3 с, а ничего не пришло." }, got: text("") }],
    ["something", `client:send("x") client:expectNothing(0.5)`, { message: { en: "Something has arrived, and nothing should have." }, got: text("x") }],
    ["no end", `client:expectEnd({ within = 0.3 })`, { message: { en: "The connection is still open after 0.3 s." } }],
    ["no line", `client:send("x") client:readLine({ within = 0.3 })`, { message: { en: "Not everything has arrived after 0.3 s." }, got: text("x") }],
    ["no print", `program:expectPrinted("y", { within = 0.3 })`, { message: { en: "The program has not printed it after 0.3 s." }, expected: text("y") }],
    ["a program that goes on", `program:expectEnd({ within = 0.3 })`, { message: { en: "The program still runs after 0.3 s." } }],
    ["no port", `check.connect(9090, { within = 0.5 })`, { message: { en: expect.stringMatching(/^The examiner cannot connect to port 9090: /) as unknown } }],
    [
      "in the author's words",
      `client:expect("x", { en = "Say x.", ru = "Скажите x.", mistake = "silent", within = 0.2 })`,
      { message: { en: "Say x.", ru: "Скажите x." }, mistake: "silent" },
    ],
    [
      "in a condition",
      `check.expectThat(1 > 2, { en = "e", ru = "r", expected = "1", got = "2" })`,
      { message: { en: "e", ru: "r" }, expected: text("1"), got: text("2") },
    ],
  ])("and misses: %s", async (_, check, result) => {
    expect(await judgeStep({ files: ECHO, check: CONNECTED + check })).toMatchObject({ step: "one", state: "failed", ...result });
  });

  it("is told with the connection and the time that it was seen in", async () => {
    const before = performance.timeOrigin + performance.now();
    const { connection, from, to } = await judgeStep({ files: ECHO, check: `${CONNECTED} client:expect("x", { within = 0.2 })` });
    expect(connection?.remote).toMatch(/^127(\.\d+){3}:8080$/);
    expect(connection?.local).toMatch(/^127(\.\d+){3}:\d+$/);
    expect(from).toBeGreaterThanOrEqual(before);
    expect(to - from).toBeGreaterThanOrEqual(200);
    expect(to).toBeLessThanOrEqual(performance.timeOrigin + performance.now());
  });

  it("waits for the rest of what is wrong, so that all of it is shown", async () => {
    const check = `${CONNECTED} client:send("wrong", { slice = 1, gap = 0.01 }) client:expect("right")`;
    expect(await judgeStep({ files: ECHO, check })).toMatchObject({ got: text("wrong") });
  });

  it.each([
    ["the whole line where exact is asked for", `program:expectPrinted("tick 1", { exact = true }) print(program:nextLine())`, "tick 2"],
    ["a part of the line where it is not", `program:expectPrinted("tick 1") print(program:nextLine())`, "a tick 1"],
  ])("of what is printed %s", async (_, check, next) => {
    const files = `print("tick 10") print("a tick 1") print("tick 1") print("tick 2")`;
    const { log, isPassed } = await judge({ files, check: `check.step("one", function() local program = check.start() ${check} end)` });
    expect({ log, isPassed }).toEqual({ log: [next], isPassed: true });
  });

  it("a line that is more than the whole, and says so", async () => {
    const check = `check.start():expectPrinted("tick 1", { exact = true, within = 0.3 })`;
    expect(await judgeStep({ files: `print("tick 10")`, check })).toMatchObject({ state: "failed", expected: text("tick 1"), got: text("tick 10") });
  });

  it("counts the first failure, whatever the check does then", async () => {
    const check = `pcall(check.fail, { en = "first", ru = "первая" }) pcall(check.fail, { en = "second", ru = "вторая" })`;
    expect(await judgeStep({ check })).toMatchObject({ state: "failed", message: { en: "first" } });
  });

  it("reads bytes, lines, and all up to the end", async () => {
    const files = `
      zone.socket.server.new():listen(8080, function(connection)
        connection:send(zone.byteStream.fromString("abc\\0\\255one\\r\\ntwo\\nrest"))
        connection:close()
      end)
      function zone.update() zone.socket.update() end`;
    const { log } = await judge({
      files,
      check: `check.step("one", function() ${CONNECTED} print(client:read(5) == "abc\\0\\255", client:readLine(), client:readLine(), client:readAll(), client:isOpen()) end)`,
    });
    expect(log).toEqual(["true\tone\ttwo\trest\tfalse"]);
  });
});

describe("the learner's programs", () => {
  it("are typed to, looked at and stopped", async () => {
    const files = {
      "main.luau": `zone.console.onInput(function(line) print("typed " .. line) end)\nfunction zone.cleanup() print("bye") end`,
      "quick.luau": `print("quick")`,
    };
    const check = `
      local program = check.start()
      check.expectThat(program:isRunning(), { en = "e", ru = "r" })
      program:type("hello")
      check.expectThat(program:nextLine() == "typed hello", { en = "e", ru = "r" })
      program:stop()
      check.expectThat(not program:isRunning(), { en = "not stopped", ru = "r" })
      program:expectPrinted("bye")
      local quick = check.start("quick.luau")
      quick:expectEnd()
      check.expectThat(quick:nextLine() == "quick" and quick:nextLine() == nil, { en = "e", ru = "r" })
      check.expectThat(check.source("quick.luau") == 'print("quick")', { en = "e", ru = "r" })`;
    expect(await judgeStep({ files, check })).toMatchObject({ state: "passed" });
  });

  it("give notices, by which a mistake can be told", async () => {
    const files = `zone.socket.server.new():listen(8080, function(connection) connection:close() connection:send(zone.byteStream.fromString("x")) print("here") end)\nfunction zone.update() zone.socket.update() end`;
    const check = `${CONNECTED} client:expectEnd() program:expectPrinted("here") check.expectThat(program:hasNotice("send-closed"), { en = "e", ru = "r" })`;
    expect(await judgeStep({ files, check })).toMatchObject({ state: "passed" });
  });

  it("reach the examiner where they have a server of their own in mind", async () => {
    const files = `
      zone.socket.client.new():connect("127.0.0.1", 8080, function(connection)
        connection:send(zone.byteStream.fromString("hello\\n"))
        connection:onReceive(function(data) print("got " .. data:toString()) connection:close() end)
      end)
      function zone.update() zone.socket.update() end`;
    const check = `
      local listener = check.listen(8080, { slice = 3 })
      local program = check.start()
      local server = listener:accept()
      server:expectLine("hello")
      check.expectThat(server:getIp() == check.address(), { en = "e", ru = "r" })
      server:send("abcdef")
      program:expectPrinted("got abc")
      server:expectEnd()`;
    expect(await judgeStep({ files, check })).toMatchObject({ state: "passed" });
    expect(await judgeStep({ check: `local listener = check.listen(8080) check.start() listener:accept({ within = 0.3 })` })).toMatchObject({
      message: { en: "No program has connected to port 8080 after 0.3 s." },
    });
  });

  it("end with their step, and so do connections", async () => {
    const { results } = await judge({ files: ECHO, check: echoStep("one") + echoStep("two") + echoStep("three"), steps: ["one", "two", "three"] });
    expect(results.map(({ state }) => state)).toEqual(["passed", "passed", "passed"]);
  });
});

describe("steps", () => {
  const CHECK = `
    check.step("one", function() end)
    check.step("two", function() check.fail({ en = "e", ru = "r" }) end, { diagnose = function(failure) return if failure.message == "e" then "known" else nil end })
    check.step("three", function() end)`;
  const steps = ["one", "two", "three"];

  it.each([
    ["the other side has closed", `client:send("close") client:expect("x", { within = 5 })`, "true"],
    ["the other side has closed and other bytes came", `client:send("close y") client:expect("x", { within = 5 })`, "true"],
    ["it is still open", `client:expect("x", { within = 0.2 })`, "false"],
    ["it stays open", `client:expectEnd({ within = 0.2 })`, "false"],
    ["the examiner itself has closed", `client:close() client:expect("x", { within = 0.2 })`, "false"],
    ["it is no connection that failed", `check.fail({ en = "e", ru = "r" })`, "nil"],
  ])("tell diagnose how the connection was: %s", async (_, check, ended) => {
    const files = `
      zone.socket.server.new():listen(8080, function(connection)
        connection:onReceive(function(data) connection:send(zone.byteStream.fromString(data:toString():sub(6))) connection:close() end)
      end)
      function zone.update() zone.socket.update() end`;
    const { log, results } = await judge({
      files,
      check: `check.step("one", function() ${CONNECTED} ${check} end, { diagnose = function(failure) print(failure.ended) return nil end })`,
    });
    expect(log).toEqual([ended]);
    expect(results[0]).toMatchObject({ state: "failed" });
    expect(results[0]).not.toHaveProperty("ended");
  });

  it("fail with the error of the program, though its connection was seen to end first", async () => {
    const files = `
      zone.socket.server.new():listen(8080, function(connection)
        connection:onReceive(function() connection:close() zone.system.delay(0.1) error("boom") end)
      end)
      function zone.update() zone.socket.update() end`;
    const { results, log } = await judge({
      files,
      check: `check.step("one", function() ${CONNECTED} client:send("x") client:expect("y", { mistake = "silent" }) end, { diagnose = function(failure) print(failure.error) return nil end })`,
    });
    expect(results[0]).toMatchObject({ state: "failed", error: expect.stringContaining("boom") as unknown, place: { file: "main.luau" } });
    expect(results[0]).not.toHaveProperty("mistake");
    expect(log[0]).toContain("boom");
  });

  it("are told one after the other, and none is run behind one that fails", async () => {
    const { results, isPassed } = await judge({ check: CHECK, steps });
    expect(results).toMatchObject([
      { step: "one", state: "passed" },
      { step: "two", state: "failed", mistake: "known" },
      { step: "three", state: "did-not-run" },
    ]);
    expect(isPassed).toBe(false);
  });

  it("tell diagnose whether a program had ended by then, by itself", async () => {
    const stays = "function zone.update() end";
    expect(await mistakeOf("zone.system.quit()", "check.start():expectEnd()")).toBe("ended");
    expect(await mistakeOf(stays, "check.start()")).toBe("runs");
    expect(await mistakeOf(stays, "check.start():stop()")).toBe("runs");
    expect(await mistakeOf(stays, "")).toBe("runs");
  });

  it("are run through the one that is wanted", async () => {
    const { results, isPassed } = await judge({ check: CHECK, steps, through: "one" });
    expect(results.map(({ state }) => state)).toEqual(["passed", "did-not-run", "did-not-run"]);
    expect(isPassed).toBe(true);
  });
});

it("zone.check is not there for ordinary programs", async () => {
  expect(await judgeStep({ files: `print("check is", zone.check)`, check: `check.start():expectPrinted("check is\\tnil")` })).toMatchObject({
    state: "passed",
  });
});
