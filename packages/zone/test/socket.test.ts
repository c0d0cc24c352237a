import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { allOf, foreignServer, join, serve, UPDATE } from "./support/peers.ts";
import { run } from "./support/run-program.ts";
import { TRANSPORTS, useTransport } from "./support/transports.ts";

describe.each(TRANSPORTS)("over $name:", (transport) => {
  useTransport(transport);

  describe("a script server and a script client", () => {
    it("talk, and the classes have their names", async () => {
      const { program: server, port } = await serve(`
      print("joined", connection:getIp(), typeof(connection))
      connection:onReceive(function(data) print("got", data:toString(), data:tell()) connection:send(data) end)
      connection:onDisconnect(function() print("left", connection:getIp()) end)
    `);
      const client = await run(`
      local client = zone.socket.client.new()
      print(typeof(client), typeof(zone.socket.server.new()))
      print(client:listen("127.0.0.1", ${port}, function(connection)
        connection:onReceive(function(data) print("echo", data:toString()) client:close() end)
        connection:onDisconnect(function() print("must not be called") end)
        local s = zone.byteStream.new() s:write("hello") s:seek(3)
        print(connection:send(s), s:tell())
      end))
      ${UPDATE}
    `);
      await client.printedLine("echo\thello");
      await server.printedLine("left\t127.0.0.1");
      server.stop();
      expect(server.printed).toEqual(["listening", "joined\t127.0.0.1\tNetConnection", "got\thello\t0", "left\t127.0.0.1"]);
      expect(client.printed).toEqual(["SocketClient\tSocketServer", "", "5\t3", "echo\thello"]);
    });
  });

  describe("connection", () => {
    it("answers a request whose sender has ended its half", async () => {
      const { program, port } = await serve(`
      connection:onReceive(function(data) connection:send(data) end)
      connection:onDisconnect(function() print("left") end)
    `);
      const socket = await join(port);
      socket.end("ping");
      expect(await allOf(socket)).toBe("ping");
      await program.printedLine("left");
    });

    it("delivers all bytes before onDisconnect, also to an onReceive that is set late", async () => {
      const { program, port } = await serve(
        `
        kept = connection
        connection:onDisconnect(function() print("left") end)
      `,
        `
        local since = 0
        function zone.update(dt)
          zone.socket.update()
          if kept then
            since += dt
            if since > 0.3 and not set then
              set = true
              kept:onReceive(function(data) print("got", data:toString()) end)
            end
          end
        end
      `,
      );
      (await join(port)).end("late");
      await program.printedLine("left");
      expect(program.printed).toEqual(["listening", "got\tlate", "left"]);
    });

    it("tells of the end without an onReceive, though bytes were never read", async () => {
      const { program, port } = await serve(`connection:onDisconnect(function() print("left") end)`);
      (await join(port)).end("never read");
      await program.printedLine("left");
    });

    it("tells of a reset", async () => {
      const { program, port } = await serve(`
      print("joined")
      connection:onDisconnect(function() print("left", connection:getIp(), connection:send(zone.byteStream.fromString("x"))) end)
    `);
      const socket = await join(port);
      await program.printedLine("joined");
      socket.resetAndDestroy();
      await program.printedLine("left\t127.0.0.1\t0");
    });

    it("after its own close() calls nothing back and sends nothing, twice is once", async () => {
      const { program, port } = await serve(`
      connection:onReceive(function() print("must not be called") end)
      connection:onDisconnect(function() print("must not be called") end)
      print(connection:send(zone.byteStream.fromString("last words")))
      connection:close() connection:close()
      print(connection:getIp(), connection:send(zone.byteStream.fromString("x")))
    `);
      const socket = await join(port);
      socket.write("hello?");
      expect(await allOf(socket)).toBe("last words");
      socket.end();
      await once(socket, "close");
      expect(program.printed).toEqual(["listening", "10", "127.0.0.1\t0"]);
    });

    it("replaces a callback that is set again", async () => {
      const { program, port } = await serve(`
      connection:onReceive(function() print("old") end)
      connection:onReceive(function(data) print("new", data:toString()) end)
      connection:onDisconnect(function() print("old") end)
      connection:onDisconnect(function() print("left") end)
    `);
      (await join(port)).end("x");
      await program.printedLine("left");
      expect(program.printed).toEqual(["listening", "new\tx", "left"]);
    });

    it("takes fewer bytes when the send buffer is full", async () => {
      const { program, port } = await serve(`
      local stream = zone.byteStream.fromString(string.rep("x", 4 * 2^20))
      print(connection:send(stream))
      for _ = 1, 4 do connection:send(stream) end
      print(connection:send(stream))
    `);
      (await join(port)).pause();
      // What the kernel has not taken by then fills the buffer of one connection.
      await program.until(() => program.printed.length === 3);
      expect(program.printed).toEqual(["listening", String(4 * 2 ** 20), "0"]);
    });

    it("stops reading while the script does not call update, and then has every byte", async () => {
      const { program, port } = await serve(
        `
        received = 0
        connection:onReceive(function(data) received += #data end)
        connection:onDisconnect(function() print("bytes", received) end)
      `,
        `
        local frames = 0
        function zone.update()
          frames += 1
          if frames < 3 or frames > 100 then zone.socket.update() end
        end
      `,
      );
      const socket = await join(port);
      const total = 32 * 1024 * 1024;
      socket.end(Buffer.alloc(total));
      await new Promise((resolve) => setTimeout(resolve, 200));
      // The kernel's buffers take some megabytes; the rest waits at the sender.
      expect(socket.writableLength).toBeGreaterThan(0);
      await program.printedLine(`bytes\t${total}`);
    });
  });

  describe("server", () => {
    it("close() ends its clients, frees the port at once, and it can listen again", async () => {
      const port = await freePort();
      const program = await run(`
      local server = zone.socket.server.new()
      local again = false
      server:listen(${port}, function(connection)
        connection:onDisconnect(function() print("must not be called") end)
        again = true
      end)
      print("listening")
      function zone.update()
        zone.socket.update()
        if again then
          again = false
          server:close()
          server:listen(${port}, "127.0.0.1", function() print("joined again") end)
          print("listening again")
        end
      end
    `);
      await program.printedLine("listening");
      const first = await join(port);
      expect(await allOf(first)).toBe("");
      await program.printedLine("listening again");
      await join(port);
      await program.printedLine("joined again");
      expect(program.printed).toEqual(["listening", "listening again", "joined again"]);
    });

    it("raises on a taken port, catchable, and can be used afterwards", async () => {
      const taken = await foreignServer(() => {});
      const port = await freePort();
      const program = await run(`
      local server = zone.socket.server.new()
      print(pcall(server.listen, server, ${taken}, "127.0.0.1", function() end))
      print(pcall(function() server:listen(${port}, nil, function() end) end))
      print(pcall(function() server:listen(${port}, function() end) end))
      server:close()
      server:close()
    `);
      await program.ended();
      expect(program.printed[0]).toMatch(/^false\t/);
      expect(program.printed[0]).toMatch(transport.taken);
      expect(program.printed[1]).toBe("true");
      expect(program.printed[2]).toBe(`false\tmain.luau:5: this SocketServer listens on port ${port} already; call close() first`);
    });
  });

  describe("client", () => {
    it("raises when it cannot connect, catchable, and can be used afterwards", async () => {
      const closed = await freePort();
      const open = await foreignServer((socket) => socket.end("hello"));
      const program = await run(`
      local client = zone.socket.client.new()
      print(pcall(function() client:listen("127.0.0.1", ${closed}, function() end) end))
      client:listen("127.0.0.1", ${open}, function(connection)
        connection:onReceive(function(data) print("got", data:toString()) end)
        connection:onDisconnect(function() print("left") end)
      end)
      print(pcall(function() client:listen("127.0.0.1", ${open}, function() end) end))
      ${UPDATE}
    `);
      await program.printedLine("left");
      expect(program.printed[0]).toMatch(/^false\tmain\.luau:3: /);
      expect(program.printed[0]?.replace(/^false\tmain\.luau:3: /, "")).toMatch(transport.refused);
      expect(program.printed.slice(1)).toEqual([
        `false\tmain.luau:8: this SocketClient is connected to 127.0.0.1:${open} already; call close() first`,
        "got\thello",
        "left",
      ]);
      expect(program.states.slice(0, 2)).toEqual(["running", "connecting"]);
    });

    it("fails the program when nobody catches", async () => {
      const closed = await freePort();
      const program = await run(`

      zone.socket.client.new():listen("127.0.0.1", ${closed}, function() end)
    `);
      await program.ended();
      expect(program.error).toMatchObject({ chunk: "main.luau", line: 3, message: expect.stringMatching(transport.refused) });
      expect(program.lines.map(({ level, detail }) => detail?.notice?.code ?? level)).toEqual(["error", "network-failure"]);
      expect(program.lines[1]?.detail?.notice).toEqual({ code: "network-failure", failure: "connection-refused" });
    });

    it("explains a failure that a script caught and raised again with words of its own, and no other error", async () => {
      const closed = await freePort();
      const source = (last: string): string => `
      local ok, why = pcall(function() zone.socket.client.new():listen("127.0.0.1", ${closed}, function() end) end)
      ${last}
    `;
      const again = await run(source(`error("no server: " .. why, 0)`));
      await again.ended();
      expect(again.lines.at(-1)?.detail).toMatchObject({ notice: { code: "network-failure", failure: "connection-refused" } });
      const other = await run(source(`error("something else")`));
      await other.ended();
      expect(other.lines.map(({ level }) => level)).toEqual(["error"]);
    });

    it("explains a failure that a script caught and prints, once for each kind of failure, and leaves its lines alone", async () => {
      const closed = await freePort();
      const open = await foreignServer(() => {});
      const program = await run(`
      local function try(host, port)
        return select(2, pcall(function() zone.socket.client.new():listen(host, port, function() end) end))
      end
      local refused = try("127.0.0.1", ${closed})
      print("not yet")
      warn("no server: " .. refused)
      print(refused)
      print(try("127.0.0.1", ${closed}))
      print(try("no.such.host.invalid", ${open}))
      error(refused, 0)
    `);
      await program.ended();
      const refused = program.lines[3]?.text;
      expect(refused).toMatch(/^main\.luau:3: /);
      expect(refused?.replace(/^main\.luau:3: /, "")).toMatch(transport.refused);
      expect(
        program.lines.map(({ level, text, detail }) => [
          detail?.notice?.code ?? level,
          detail?.notice?.code === "network-failure" ? detail.notice.failure : text,
        ]),
      ).toEqual([
        ["print", "not yet"],
        ["warn", `no server: ${refused}`],
        ["network-failure", "connection-refused"],
        ["print", refused],
        ["print", refused],
        ["print", expect.stringContaining("no.such.host.invalid")],
        ["network-failure", "unknown-host"],
        ["error", refused],
        // The word that ends the program always has its explanation.
        ["network-failure", "connection-refused"],
      ]);
    });

    it("gives up connecting when it is closed meanwhile", async () => {
      const open = await foreignServer(() => {});
      const program = await run(`
      local client = zone.socket.client.new()
      task = coroutine.create(function()
        print(pcall(function() client:listen("127.0.0.1", ${open}, function() print("must not be called") end) end))
      end)
      coroutine.resume(task)
      client:close()
    `);
      await program.ended();
      expect(program.printed).toEqual(["false\tmain.luau:4: the client was closed before it was connected"]);
    });

    it("that is closed before update leaves nothing to wait for", async () => {
      const open = await foreignServer(() => {});
      const program = await run(`
      local client = zone.socket.client.new()
      for turn = 1, 3 do
        client:listen("127.0.0.1", ${open}, function() print("must not be called") end)
        client:close()
      end
      print("done")
    `);
      await program.ended();
      expect(program.printed).toEqual(["done"]);
      expect(program.texts("notice")).toEqual([]);
    });

    it("may listen inside of a callback, and further events of the connection wait for it", async () => {
      const second = await foreignServer((socket) => socket.end("inner"));
      const first = await foreignServer((socket) => socket.end("outer"));
      const program = await run(`
      zone.socket.client.new():listen("127.0.0.1", ${first}, function(connection)
        connection:onReceive(function(data)
          print("got", data:toString())
          zone.socket.client.new():listen("127.0.0.1", ${second}, function(inner)
            inner:onReceive(function(more) print("got", more:toString()) end)
          end)
          print("inner is connected")
        end)
        connection:onDisconnect(function() print("left") end)
      end)
      ${UPDATE}
    `);
      await program.printedLine("left");
      await program.printedLine("got\tinner");
      expect(program.printed.indexOf("inner is connected")).toBeLessThan(program.printed.indexOf("left"));
    });

    it("cannot wait inside of a sort comparator, and says so", async () => {
      const program = await run(`
      print(pcall(function()
        table.sort({ 2, 1 }, function() zone.socket.client.new():listen("127.0.0.1", 1, function() end) return true end)
      end))
    `);
      await program.ended();
      expect(program.printed[0]).toContain("listen waits for the network, and cannot be called inside");
    });
  });
});
