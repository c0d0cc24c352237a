import { once } from "node:events";
import { createConnection } from "node:net";
import { describe, expect, it } from "vitest";
import { CONNECTION_LIMIT } from "../src/index.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { allOf, foreignServer, join, serve } from "./support/peers.ts";
import { run } from "./support/run-program.ts";
import { TRANSPORTS, useTransport } from "./support/transports.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(TRANSPORTS)("over $name:", (transport) => {
  useTransport(transport);

  describe("every class", () => {
    it("has its name, a locked metatable, no fields to write, and methods that want ':'", async () => {
      const { program, port } = await serve(`
      local objects = {
        NetConnection = { connection, "getIp", "send", "onDisconnect", "onReceive", "close" },
        SocketServer = { server, "listen", "close" },
        SocketClient = { zone.socket.client.new(), "listen", "close" },
        ByteStream = { zone.byteStream.new(), "seek", "tell", "length", "remaining", "clear", "toString", "toBuffer",
          "write", "read", "writeString", "readString", "writeBool", "readBool",
          "writeU8", "writeI8", "writeU16", "writeI16", "writeU32", "writeI32", "writeF32", "writeF64",
          "readU8", "readI8", "readU16", "readI16", "readU32", "readI32", "readF32", "readF64" },
      }
      for name, list in objects do
        local object = list[1]
        assert(typeof(object) == name)
        assert(type(getmetatable(object)) == "string")
        assert(not pcall(setmetatable, object, {}))
        assert(not pcall(function() object.x = 1 end))
        assert(object.x == nil)
        for index = 2, #list do
          local method = list[index]
          for _, wrong in { "no self", "other self" } do
            local ok, message = pcall(function()
              if wrong == "no self" then object[method]() else object[method]({}) end
            end)
            assert(not ok and string.find(message, "'" .. method .. "' must be called with ':' on a " .. name, 1, true), message)
          end
        end
      end
      assert(not pcall(function() return connection:send(server) end))
      print("checked")
    `);
      await join(port);
      await program.printedLine("checked");
    });

    it("names an address of IPv6 in brackets, so that its port can be told", async () => {
      const program = await run(`
      local client = zone.socket.client.new()
      coroutine.wrap(function() pcall(function() client:listen("2001:db8::1", 8080, function() end) end) end)()
      print(client)
      client:close()
    `);
      await program.printedLine("SocketClient([2001:db8::1]:8080)");
    });
  });

  describe("the window of a connection", () => {
    const ECHO = "connection:onReceive(function(data) connection:send(data) end)";

    it("is to be wider while frames are short, and narrower when one was long", async () => {
      // Seconds that each frame takes beside its sockets; a script may set it from what it reads.
      const { program, port } = await serve(
        "connection:onReceive(function(data) work = data:readU8() / 1000 connection:send(data) end)",
        `
      work = 0
      function zone.update()
        zone.socket.update()
        local begun = os.clock()
        while os.clock() - begun < work do end
      end
    `,
      );
      const socket = await join(port);
      const answered = async (ms: number): Promise<void> => {
        const answer = once(socket, "data");
        socket.write(Uint8Array.of(ms));
        await answer;
      };
      // A busy machine may make any frame long.
      while (program.network.lastWish !== "wider") await answered(0);
      await answered(80);
      await answered(0);
      expect(program.network.lastWish).toBe("narrower");
      program.stop();
    });

    it("is to be narrower while more than half of the program's memory is in use", async () => {
      const { program, port } = await serve(
        ECHO,
        `
      kept = buffer.create(150 * 1024 * 1024)
      function zone.update() zone.socket.update() end
    `,
      );
      const socket = await join(port);
      socket.write("x");
      await once(socket, "data");
      expect(program.network.lastWish).toBe("narrower");
      program.stop();
    });
  });

  describe("what happens on the network", () => {
    it("is called back in the order in which it happened, in one update", async () => {
      const { program, port } = await serve(`
      count = (count or 0) + 1
      local name = count
      print("joined", name)
      connection:onReceive(function(data) print("got", name, data:toString()) end)
      connection:onDisconnect(function() print("left", name) end)
    `);
      program.pauseFrames();
      let steps = 0;
      const arrives = (): Promise<void> => {
        steps += 1;
        return program.until(() => program.network.happened === steps);
      };
      const first = await join(port);
      await arrives();
      const second = await join(port);
      await arrives();
      for (const [socket, word] of [
        [first, "a"],
        [second, "b"],
        [first, "c"],
      ] as const) {
        socket.write(word);
        await arrives();
      }
      second.end();
      await arrives();
      first.end();
      await arrives();
      expect(program.printed).toEqual(["listening"]);
      program.program.frame(0.01);
      expect(program.printed).toEqual(["listening", "joined\t1", "joined\t2", "got\t1\ta", "got\t2\tb", "got\t1\tc", "left\t2", "left\t1"]);
    });

    it("comes in one piece when it came in a row", async () => {
      const { program, port } = await serve(`connection:onReceive(function(data) print("got", data:toString()) end)`);
      program.pauseFrames();
      const socket = await join(port);
      for (const [index, word] of ["one ", "two ", "three"].entries()) {
        socket.write(word);
        // The client itself was the first thing to happen.
        await program.until(() => program.network.happened === index + 2);
      }
      program.program.frame(0.01);
      expect(program.printed).toEqual(["listening", "got\tone two three"]);
    });
  });

  describe("onReceive and onDisconnect", () => {
    it("give bytes that nobody wanted before the end to a callback that is set after it", async () => {
      const { program, port } = await serve(
        `
        kept = connection
        connection:onDisconnect(function() print("left") left = true end)
      `,
        `
        function zone.update()
          zone.socket.update()
          if left and not asked then
            asked = true
            kept:onReceive(function(data) print("got", data:toString()) end)
          end
        end
      `,
      );
      (await join(port)).end("too late?");
      await program.printedLine("got\ttoo late?");
      expect(program.printed).toEqual(["listening", "left", "got\ttoo late?"]);
    });

    it("tell of an end that came before onDisconnect was set, once", async () => {
      const { program, port } = await serve(
        `kept, since = connection, 0`,
        `
        function zone.update(dt)
          zone.socket.update()
          if since then since += dt end
          if since and since > 0.2 then
            since = nil
            kept:onDisconnect(function()
              print("left")
              kept:onDisconnect(function() print("must not be called") end)
            end)
          end
        end
      `,
      );
      (await join(port)).end();
      await program.printedLine("left");
      await pause(50);
      expect(program.printed).toEqual(["listening", "left"]);
    });

    it("let go of what their functions hold once the connection is over", async () => {
      const { program, port } = await serve(`
      -- One that is kept would soon reach the memory cap.
      local ballast = buffer.create(8 * 2^20)
      connection:onReceive(function(data) print(buffer.len(ballast) + #data) end)
      if (joined or 0) % 2 == 0 then connection:onDisconnect(function() return ballast end) end
      joined = (joined or 0) + 1
    `);
      for (let turn = 0; turn < 100; turn++) {
        const socket = await join(port);
        socket.end("x");
        await allOf(socket);
      }
      await program.until(() => program.printed.length === 101);
      expect(program.error).toBeUndefined();
      await program.until(() => program.program.stats.connections === 0);
    });

    it("wait for one of their own that waits for the network, bytes and all", async () => {
      const other = await foreignServer(() => {});
      const { program, port } = await serve(`
      connection:onReceive(function(data)
        print("begin", data:toString())
        zone.socket.client.new():listen("127.0.0.1", ${other}, function() end)
        connection:send(data)
        print("end")
      end)
      connection:onDisconnect(function() print("left") end)
    `);
      const socket = await join(port);
      socket.end("ping");
      expect(await allOf(socket)).toBe("ping");
      await program.printedLine("left");
      expect(program.printed).toEqual(["listening", "begin\tping", "end", "left"]);
    });
  });

  describe("listen", () => {
    it("raises when its server is closed while it waits", async () => {
      const port = await freePort();
      const program = await run(`
      local server = zone.socket.server.new()
      coroutine.wrap(function()
        print(pcall(function() server:listen(${port}, function() end) end))
      end)()
      server:close()
      server:listen(${port}, function() end)
      print("listening again")
      server:close()
    `);
      await program.ended();
      expect(program.printed.toSorted()).toEqual(["false\tmain.luau:4: the server was closed before it could listen", "listening again"]);
    });

    it("returns though the script does not call update, and calls back in the next one", async () => {
      const open = await foreignServer(() => {});
      const program = await run(`
      local frames = 0
      function zone.update()
        frames += 1
        if frames == 1 then
          zone.socket.client.new():listen("127.0.0.1", ${open}, function() print("callback") end)
          print("connected")
        elseif frames == 3 then
          print("update")
          zone.socket.update()
        end
      end
    `);
      await program.printedLine("callback");
      expect(program.printed).toEqual(["connected", "update", "callback"]);
    });

    it("that waits when the program stops is not gone on with", async () => {
      const open = await foreignServer(() => {});
      const program = await run(`
      function zone.cleanup() print("cleanup") end
      pcall(function() zone.socket.client.new():listen("127.0.0.1", ${open}, function() end) end)
      print("must not be printed")
    `);
      expect(program.program.state).toBe("connecting");
      program.stop();
      await pause(50);
      expect(program.printed).toEqual(["cleanup"]);
      expect(program.states).toEqual(["running", "connecting", "stopped"]);
      await program.until(() => program.network.openSockets === 0);
    });

    it("cannot wait in a metamethod or in string.gsub, and says so", async () => {
      const program = await run(`
      local client = zone.socket.client.new()
      local function try() client:listen("127.0.0.1", 1, function() end) end
      print(pcall(function() return setmetatable({}, { __index = try }).x end))
      print(pcall(string.gsub, "x", "x", try))
      print(pcall(function() return tostring(setmetatable({}, { __tostring = try })) end))
    `);
      await program.ended();
      expect(program.printed).toHaveLength(3);
      for (const line of program.printed) expect(line).toMatch(/^false\tmain\.luau:3: listen waits for the network/);
    });
  });

  describe("losing the network", () => {
    it("calls onDisconnect of each connection, and says which server has ended and why", async () => {
      const { program, port } = await serve(`
      print("joined")
      connection:onDisconnect(function() print("left") end)
    `);
      await Promise.all([join(port), join(port)]);
      await program.until(() => program.printed.filter((line) => line === "joined").length === 2);
      program.network.lose({ code: "internal", message: "the cable was cut" });
      await program.until(() => program.printed.filter((line) => line === "left").length === 2);
      expect(program.lines.filter((line) => line.level === "notice")).toMatchObject([
        {
          text: `the server lost port ${port}: the cable was cut`,
          detail: { notice: { code: "listener-lost", port, reason: "the cable was cut" } },
        },
      ]);
    });
  });

  describe("a program's connections", () => {
    it("have a limit, and those beyond it are turned away with one notice", async () => {
      const { program, port } = await serve(`
      joined = (joined or 0) + 1
      if joined == ${CONNECTION_LIMIT} then
        print(pcall(function() zone.socket.client.new():listen("127.0.0.1", 1, print) end))
      end
    `);
      for (let made = 0; made < CONNECTION_LIMIT; made += 50) await Promise.all(Array.from({ length: 50 }, () => join(port)));
      await program.until(() => program.program.stats.connections === CONNECTION_LIMIT);
      await program.until(() => program.printed.length === 2);
      expect(program.printed[1]).toMatch(new RegExp(`^false\t.*a program holds at most ${CONNECTION_LIMIT} connections; close some first$`));
      for (let turn = 0; turn < 2; turn++) {
        const refused = createConnection({ port, host: "127.0.0.1" });
        refused.on("error", () => {}).resume();
        await new Promise((resolve) => refused.once("close", resolve));
      }
      expect(program.lines.filter((line) => line.detail?.notice?.code === "connection-limit")).toHaveLength(1);
    });
  });

  describe("when memory runs out", () => {
    it("update raises in the script, and what has arrived comes once there is room", async () => {
      const { program, port } = await serve(
        `
        received = 0
        connection:onReceive(function(data) received += #data end)
        connection:onDisconnect(function() print("bytes", received) end)
      `,
        `
        local ballast = {}
        local full = false
        function zone.update()
          if not received then return zone.socket.update() end
          if not full then
            -- Bytes of a ByteStream count one by one, so that the last kibibytes can be taken too.
            for size = 26, 8, -1 do
              while pcall(function() table.insert(ballast, zone.byteStream.fromString(string.rep("x", 2 ^ size))) end) do end
            end
            full = true
            print("full")
          end
          local ok, message = pcall(zone.socket.update)
          if not ok and ballast then
            print("raised", message)
            ballast = nil
          end
        end
      `,
      );
      const socket = await join(port);
      await program.printedLine("full");
      socket.end(Buffer.alloc(100_000));
      await program.printedLine("bytes\t100000");
      expect(program.printed).toContain("raised\tnot enough memory");
    });
  });
});
