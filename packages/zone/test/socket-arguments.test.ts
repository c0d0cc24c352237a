import { describe, expect, it } from "vitest";
import { join, serve } from "./support/peers.ts";
import { run } from "./support/run-program.ts";

describe("arguments", () => {
  it.each([
    ["server:listen(0, print)", "invalid argument #1 to 'listen' (a port is a whole number from 1 to 65535, got 0)"],
    ["server:listen(70000, print)", "invalid argument #1 to 'listen' (a port is a whole number from 1 to 65535, got 70000)"],
    ["server:listen(80.5, print)", "invalid argument #1 to 'listen' (a port is a whole number from 1 to 65535, got 80.5)"],
    ["server:listen('web', print)", "invalid argument #1 to 'listen' (number expected, got string)"],
    ["server:listen(8080)", "missing argument #3 to 'listen' (function expected)"],
    ["server:listen(8080, 5, print)", "invalid argument #2 to 'listen' (string expected, got number)"],
    ["client:listen(8080, 'x', print)", "invalid argument #1 to 'listen' (string expected, got number)"],
    ["client:listen('', 80, print)", "invalid argument #1 to 'listen' (an address expected, got an empty string)"],
    ["client:listen('127.0.0.1', 80)", "missing argument #3 to 'listen' (function expected)"],
  ])("%s: %s", async (call, message) => {
    const program = await run(`
      local server, client = zone.socket.server.new(), zone.socket.client.new()
      print(select(2, pcall(function() ${call} end)))
    `);
    await program.ended();
    expect(program.printed[0]?.replace(/^main\.luau:\d+: /, "")).toBe(message);
  });

  it("of send, and a call with a dot", async () => {
    const { program, port } = await serve(`
      for _, call in {
        function() connection:send("text") end,
        function() connection:send() end,
        function() connection.send(zone.byteStream.new()) end,
        function() connection.getIp() end,
        function() connection:onReceive(5) end,
        function() connection:shout() end,
        function() setmetatable(connection, {}) end,
      } do
        print((string.gsub(select(2, pcall(call)), "^main.luau:%d+: ", "")))
      end
      print("done")
    `);
    await join(port);
    await program.printedLine("done");
    expect(program.printed.slice(1, 4)).toEqual([
      "invalid argument #1 to 'send' (ByteStream expected, got string)",
      "missing argument #1 to 'send' (ByteStream expected)",
      expect.stringMatching(/send.*':'/),
    ]);
    expect(program.printed[4]).toMatch(/getIp.*':'/);
    expect(program.printed[5]).toBe("invalid argument #1 to 'onReceive' (function expected, got number)");
    expect(program.printed[6]).toMatch(/shout/);
    expect(program.printed).toHaveLength(9);
  });
});
