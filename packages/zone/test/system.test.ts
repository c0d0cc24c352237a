import { describe, expect, it } from "vitest";
import { platformOf } from "../src/index.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { foreignServer } from "./support/peers.ts";
import { run } from "./support/run-program.ts";

describe("zone.system.quit", () => {
  it("ends the program from an update, after zone.cleanup; nothing is called after it", async () => {
    const program = await run(`
      local frames = 0
      function zone.update()
        frames += 1
        if frames == 3 then zone.system.quit() zone.system.quit() print("last") end
        if frames > 3 then print("too many") end
      end
      function zone.cleanup() print("cleanup", frames) zone.system.quit() end
    `);
    await program.ended();
    expect(program.printed).toEqual(["last", "cleanup\t3"]);
    expect(program.program.state).toBe("stopped");
    expect(program.error).toBeUndefined();
  });

  it.each([
    ["the main chunk", "zone.system.quit() function zone.init() print('init') end"],
    ["zone.init", "function zone.init() zone.system.quit() end"],
    ["a coroutine", "coroutine.wrap(function() zone.system.delay(0.01) zone.system.quit() end)()"],
    ["a pcall", "pcall(zone.system.quit)"],
    ["a metamethod", "print(setmetatable({}, { __tostring = function() zone.system.quit() return 'shown' end }))"],
    ["before it waits", "zone.system.quit() zone.system.delay(1000) print('after')"],
  ])("works from %s", async (_, source) => {
    const program = await run(`function zone.update() end function zone.cleanup() print("cleanup") end\n${source}`);
    await program.ended();
    expect(program.printed.filter((line) => line !== "shown")).toEqual(["cleanup"]);
    expect(program.program.state).toBe("stopped");
  });

  it("lets no further callback of zone.socket run, and closes the sockets in good order", async () => {
    const port = await freePort();
    const server = await run(`
      local server = zone.socket.server.new()
      server:listen(${port}, function(connection)
        connection:onReceive(function(data) print("got " .. data:toString()) zone.system.quit() end)
      end)
      function zone.update() zone.socket.update() end
      function zone.cleanup() print("cleanup") end
    `);
    await server.until(() => server.program.state === "running");
    const client = await run(`
      zone.socket.client.new():connect("127.0.0.1", ${port}, function(connection)
        connection:send(zone.byteStream.fromString("x"))
        connection:onDisconnect(function() print("gone") zone.system.quit() end)
      end)
      function zone.update() zone.socket.update() end
    `);
    await server.ended();
    await client.ended();
    expect(server.printed).toEqual(["got x", "cleanup"]);
    expect(client.printed).toEqual(["gone"]);
    expect([server.error, client.error]).toEqual([undefined, undefined]);
  });
});

describe("zone.system.delay", () => {
  it("suspends its coroutine alone, for at least so long, and is not called connecting", async () => {
    const program = await run(`
      local begun = os.clock()
      coroutine.wrap(function() zone.system.delay(0.02) print("second") end)()
      print("first")
      zone.system.delay(0.05)
      print("third", os.clock() - begun >= 0.049)
    `);
    await program.ended();
    expect(program.printed).toEqual(["first", "second", "third\ttrue"]);
    expect(program.states).toEqual(["running", "stopped"]);
  });

  it("in zone.update holds up the next one", async () => {
    const program = await run(`
      local inside, frames = false, 0
      function zone.update()
        if inside then print("overlap") end
        inside = true
        zone.system.delay(0.02)
        inside = false
        frames += 1
        if frames == 3 then zone.system.quit() print("done") end
      end
    `);
    await program.ended();
    expect(program.printed).toEqual(["done"]);
  });

  it("ends with the program, and is told of by zone.cleanup", async () => {
    const program = await run("zone.system.delay(1000) print('never') function zone.cleanup() end");
    program.stop();
    expect(program.program.state).toBe("stopped");
    expect(program.printed).toEqual([]);
  });

  it.each([
    ["-1", "delay takes 0 to 86400 seconds, got -1"],
    ["0/0", "delay takes 0 to 86400 seconds, got NaN"],
    ["1e9", "delay takes 0 to 86400 seconds, got 1000000000"],
    ["'soon'", "invalid argument #1 to 'delay' (number expected, got string)"],
  ])("delay(%s) is an error", async (seconds, message) => {
    const program = await run(`print(select(2, pcall(zone.system.delay, ${seconds})))`);
    await program.ended();
    expect(program.printed).toEqual([message]);
  });

  it("has a limit, and cannot wait where Luau cannot", async () => {
    const program = await run(`
      for i = 1, 10000 do coroutine.wrap(function() zone.system.delay(1000) end)() end
      print(select(2, pcall(zone.system.delay, 1)))
      table.sort({ 2, 1 }, function() zone.system.delay(1) end)
    `);
    await program.ended();
    expect(program.printed).toEqual(["a program has at most 10000 delays at a time; wait for some of them first"]);
    expect(program.error?.message).toBe("a program has at most 10000 delays at a time; wait for some of them first");
    const other = await run("table.sort({ 2, 1 }, function() zone.system.delay(1) end)");
    await other.ended();
    expect(other.error?.message).toBe("delay waits, and cannot be called inside a metamethod, a sort comparator or the like");
  });
});

describe("zone.system.hashString", () => {
  // md5: RFC 1321, appendix A.5. XXH64: what xxhsum -H1 and the reference implementation give.
  it.each([
    ['"", "md5"', "d41d8cd98f00b204e9800998ecf8427e"],
    ['"abc", "md5"', "900150983cd24fb0d6963f7d28e17f72"],
    ['"message digest", "md5", "a seed is not for md5"', "f96b697d7cb7938d525a2f31aaf161d0"],
    ['string.rep("1234567890", 8), "md5"', "57edf4a22be3c955ac49da2e2107b67a"],
    ['"", "xxhash"', "ef46db3751d8e999"],
    ['"a", "xxhash"', "d24ec4f1a98c6e5b"],
    ['"abc", "xxhash"', "44bc2cf5ad770999"],
    ['"abc", "xxhash", ""', "44bc2cf5ad770999"],
    ['"abc", "xxhash", nil', "44bc2cf5ad770999"],
    ['"abc", "xxhash", "0"', "44bc2cf5ad770999"],
  ])("%s", async (args, hash) => {
    const program = await run(`print(zone.system.hashString(${args}))`);
    await program.ended();
    expect(program.error?.text).toBeUndefined();
    expect(program.printed).toEqual([hash]);
  });

  it("takes all bytes, and differs by the seed", async () => {
    const program = await run(`
      local all = {}
      for byte = 0, 255 do all[byte + 1] = string.char(byte) end
      print(zone.system.hashString(table.concat(all), "md5"))
      local seen = {}
      for _, seed in { "", "1", "2", "salt", "соль", "18446744073709551615", "18446744073709551616", "01x" } do
        seen[zone.system.hashString("abc", "xxhash", seed)] = true
      end
      local count = 0
      for _ in seen do count += 1 end
      print(count)
    `);
    await program.ended();
    expect(program.printed).toEqual(["e2c865db4162bed963bfaa9ef6ac18f0", "8"]);
  });

  it("is there where nothing can wait, once it was called", async () => {
    const program = await run(`
      zone.system.hashString("", "md5")
      print(setmetatable({}, { __tostring = function() return zone.system.hashString("abc", "md5") end }))
    `);
    await program.ended();
    expect(program.printed).toEqual(["900150983cd24fb0d6963f7d28e17f72"]);
    expect(program.states).toEqual(["running", "stopped"]);
  });

  it("says which methods there are", async () => {
    const program = await run(`print(select(2, pcall(zone.system.hashString, "a", "sha1")))`);
    await program.ended();
    expect(program.printed).toEqual([`invalid argument #2 to 'hashString' ("md5" or "xxhash" expected, got "sha1")`]);
  });
});

describe("the rest of zone.system", () => {
  it("log and warn write as print and warn do", async () => {
    const program = await run(`zone.system.log("a", 1, nil) zone.system.warn("b", true) zone.system.log()`);
    await program.ended();
    expect(program.lines.map(({ level, text }) => [level, text])).toEqual([
      ["print", "a\t1\tnil"],
      ["warn", "b\ttrue"],
      ["print", ""],
    ]);
  });

  it("setTargetFPS tells whoever runs the program", async () => {
    const rates: number[] = [];
    const program = await run(
      `zone.system.setTargetFPS(1) zone.system.setTargetFPS(240) zone.system.setTargetFPS(59.94)
       for _, rate in { 0, 241, -1, 0/0, 1/0 } do print(select(2, pcall(zone.system.setTargetFPS, rate))) end`,
      { events: { onTargetRate: (rate) => rates.push(rate) } },
    );
    await program.until(() => program.program.state === "stopped");
    expect(rates).toEqual([1, 240, 59.94]);
    expect(program.printed).toEqual([0, 241, -1, "NaN", "Infinity"].map((rate) => `setTargetFPS takes 1 to 240 frames a second, got ${rate}`));
  });

  it("accepts what has nothing to work on here", async () => {
    const program = await run(
      `
      zone.system.freeCache() zone.system.vibrate(0.5, 1) zone.system.vibrate(1) zone.system.setLuaExecutorEnabled(true)
      print(zone.system.getEnvironment(), zone.system.getPlatform())
      print(pcall(zone.system.vibrate, "long"))
    `,
      { platform: "android" },
    );
    await program.ended();
    expect(program.printed).toEqual(["device\tandroid", "false\tinvalid argument #1 to 'vibrate' (number expected, got string)"]);
  });

  it.each([
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "windows"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "linux"],
    ["Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "linux"],
    ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36", "android"],
    ["Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "android"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "apple"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "apple"],
    ["", "linux"],
  ])("%s is %s", (userAgent, platform) => {
    expect(platformOf(userAgent)).toBe(platform);
  });
});

describe("client:connect", () => {
  it("is client:listen", async () => {
    const port = await foreignServer(() => {});
    const program = await run(`
      local client = zone.socket.client.new()
      client:connect("127.0.0.1", ${port}, function(connection) print("connected") zone.system.quit() end)
      print(pcall(client.connect, client, "127.0.0.1", ${port}, print))
      function zone.update() zone.socket.update() end
    `);
    await program.ended();
    expect(program.printed).toEqual([`false\tthis SocketClient is connected to 127.0.0.1:${port} already; call close() first`, "connected"]);
  });

  it.each([
    ["client:connect(8080, '127.0.0.1', print)", "invalid argument #1 to 'connect' (string expected, got number)"],
    ["client:listen(8080, '127.0.0.1', print)", "invalid argument #1 to 'listen' (string expected, got number)"],
    ["client:connect('127.0.0.1', 0, print)", "invalid argument #2 to 'connect' (a port is a whole number from 1 to 65535, got 0)"],
    ["client:connect('127.0.0.1', 80)", "missing argument #3 to 'connect' (function expected)"],
    [
      "client.connect('127.0.0.1', 80, print)",
      "'connect' must be called with ':' on a SocketClient, as in object:connect(...), not object.connect(...) (SocketClient expected, got string)",
    ],
    [
      "table.sort({ 2, 1 }, function() client:connect('127.0.0.1', 80, print) end)",
      "connect waits for the network, and cannot be called inside a metamethod, a sort comparator or the like",
    ],
    [
      "table.sort({ 2, 1 }, function() client:listen('127.0.0.1', 80, print) end)",
      "listen waits for the network, and cannot be called inside a metamethod, a sort comparator or the like",
    ],
  ])("%s names the one that was called", async (call, message) => {
    const program = await run(`local client = zone.socket.client.new()\n${call}`);
    await program.ended();
    expect(program.error?.message).toBe(message);
  });
});
