import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { foreignServer, join, UPDATE } from "../../zone/test/support/peers.ts";
import type { CaptureEvent } from "../src/index.ts";
import { HeldNetwork } from "./support/held-network.ts";
import { RecordedProgram } from "./support/recorded-program.ts";

/** The text that pieces carry, joined. */
function textOf(events: readonly CaptureEvent[]): string {
  return events.map((event) => ("bytes" in event && event.bytes instanceof Uint8Array ? Buffer.from(event.bytes).toString() : "")).join("");
}

describe("a client's run", () => {
  it("is told from its start to its end, with lines, entries, bytes and fields", async () => {
    const port = await foreignServer((socket) => socket.pipe(socket));
    const recorded = await RecordedProgram.start(`local client = zone.socket.client.new()
client:connect("localhost", ${port}, function(connection)
  connection:onReceive(function(data)
    print("got", data:readU16())
    connection:close()
    print("closed")
  end)
  local s = zone.byteStream.new()
  s:writeU16(513)
  connection:send(s)
end)
${UPDATE}`);
    await recorded.running.printedLine("closed");
    recorded.running.stop();
    expect(recorded.story).toEqual(["connect", "opened", "send 0+2", "arrive 0+2", "receive 0+2", "close close after 2, 0 unread"]);
    expect(recorded.of("program").map(({ state }) => state)).toEqual(["started", "stopped"]);

    const [connect] = recorded.of("connect");
    expect(connect).toMatchObject({ connection: 1, host: "localhost", port, site: { entry: 1, place: { file: "main.luau", line: 2 } } });
    const [opened] = recorded.of("opened");
    expect(opened).toMatchObject({ connection: 1, remote: { address: "127.0.0.1", port } });
    expect(opened?.local.port).toBeGreaterThan(0);
    const [send] = recorded.of("send");
    expect(send).toMatchObject({ connection: 1, asked: 2, site: { place: { file: "main.luau", line: 10 } } });
    expect(send?.fields).toEqual([{ offset: 0, size: 2, format: "U16", value: 513 }]);
    expect([...(send?.bytes ?? [])]).toEqual([1, 2]);
    const [arrive] = recorded.of("arrive");
    expect([...(arrive?.bytes ?? [])]).toEqual([1, 2]);
    const [receive] = recorded.of("receive");
    expect(receive?.site.place).toEqual({ file: "main.luau", line: 3 });
    expect(recorded.of("fields-read")).toMatchObject([{ connection: 1, offset: 0, fields: [{ offset: 0, size: 2, format: "U16", value: 513 }] }]);
    const [announced] = recorded.of("announced");
    expect(announced).toMatchObject({ connection: 1, site: { entry: send?.site?.entry, place: { file: "main.luau", line: 2 } } });
    expect(recorded.of("close")[0]?.site).toEqual({ entry: receive?.site.entry, place: { file: "main.luau", line: 5 } });
    expect(recorded.of("printed").map(({ text, entry }) => [text, entry])).toEqual([
      ["got\t513", receive?.site.entry],
      ["closed", receive?.site.entry],
    ]);
  });

  it("has one clock, in milliseconds since 1970, that does not go back", async () => {
    const before = Date.now();
    const recorded = await RecordedProgram.start(`print("over")`);
    await recorded.running.ended();
    const times = recorded.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // The two clocks of a computer run apart by little.
    expect(Math.abs(times[0]! - before)).toBeLessThan(5_000);
  });

  it("tells why there is no connection", async () => {
    const port = await freePort();
    const recorded = await RecordedProgram.start(`zone.socket.client.new():connect("127.0.0.1", ${port}, function() end)`);
    await recorded.running.ended();
    expect(recorded.story).toEqual(["connect", "connect-failed"]);
    expect(recorded.of("connect-failed")[0]?.failure.code).toBe("connection-refused");
    expect(recorded.of("program").at(-1)?.state).toBe("failed");
  });

  it("tells of an attempt that the script has given up", async () => {
    // Reserved for documents (RFC 5737): nothing answers there, or no road leads there.
    const recorded = await RecordedProgram.start(`
      local client = zone.socket.client.new()
      coroutine.wrap(function() pcall(client.connect, client, "192.0.2.1", 9, function() end) end)()
      client:close()
      print("closed")
    `);
    await recorded.running.printedLine("closed");
    expect(recorded.story.slice(0, 2)).toEqual(["connect", "close abort after 0, 0 unread"]);
  });
});

describe("a server's run", () => {
  it("is told from listen to the close of the port", async () => {
    const port = await freePort();
    const recorded = await RecordedProgram.start(`local server = zone.socket.server.new()
server:listen(${port}, function(connection)
  connection:onReceive(function(data) connection:send(data) end)
  connection:onDisconnect(function()
    server:close()
    print("over")
  end)
end)
${UPDATE}`);
    await recorded.until("listening");
    const socket = await join(port);
    socket.write("ping");
    await recorded.until("send");
    socket.end();
    await recorded.running.printedLine("over");
    expect(recorded.story).toEqual([
      "listen",
      "listening",
      "accepted",
      "arrive 0+4",
      "receive 0+4",
      "send 0+4",
      "end after 4",
      "close close after 4, 0 unread",
      "end-told",
      "listener-closed",
    ]);
    expect(recorded.of("listen")[0]).toMatchObject({ listener: 1, address: "0.0.0.0", port, site: { place: { line: 2 } } });
    expect(recorded.of("accepted")[0]).toMatchObject({ connection: 1, listener: 1, local: { port }, remote: { address: "127.0.0.1" } });
    expect(recorded.of("announced")).toMatchObject([{ connection: 1, site: { place: { line: 2 } } }]);
    expect(recorded.of("end-told")[0]?.site.place?.line).toBe(4);
    expect(recorded.of("listener-closed")[0]?.site?.place?.line).toBe(5);
    // The other side's end is answered by the program itself.
    expect(recorded.of("close")[0]?.site).toBeUndefined();
    expect(textOf(recorded.events)).toBe("pingping");
  });

  it("tells that a port is taken", async () => {
    const port = await foreignServer(() => {});
    const recorded = await RecordedProgram.start(`zone.socket.server.new():listen(${port}, "127.0.0.1", function() end)`);
    await recorded.running.ended();
    expect(recorded.story).toEqual(["listen", "listen-failed"]);
    expect(recorded.of("listen-failed")[0]?.failure.code).toBe("address-in-use");
  });

  it("tells of a reset, and of bytes that nobody read", async () => {
    const port = await freePort();
    const recorded = await RecordedProgram.start(`
      local kept
      zone.socket.server.new():listen(${port}, function(connection) kept = connection end)
      function zone.update()
        zone.socket.update()
        if kept and not kept:isOpen() then print("gone") end
      end
    `);
    await recorded.until("listening");
    const socket = await join(port);
    socket.write("hello");
    await recorded.until("arrive");
    socket.resetAndDestroy();
    await recorded.running.printedLine("gone");
    expect(recorded.story.slice(2)).toEqual(["accepted", "arrive 0+5", "broken"]);
    expect(recorded.of("broken")[0]?.failure.code).toBe("connection-reset");
    const second = await join(port);
    second.write("world");
    await recorded.until("arrive", 2);
    recorded.running.stop();
    expect(recorded.story.at(-1)).toBe("listener-closed");
    expect(recorded.of("close").at(-1)).toMatchObject({ connection: 2, unread: 5 });
  });
});

/** A script that is told by lines of input to send, with three letters a time, and to close. */
function steered(port: number): string {
  return `
    local connection
    zone.console.onInput(function(line)
      if line == "close" then return connection:close() end
      connection:send(zone.byteStream.fromString(line))
    end)
    zone.socket.client.new():connect("127.0.0.1", ${port}, function(opened)
      connection = opened
      connection:onReceive(function(data) print("got", data:toString()) end)
      connection:onDisconnect(function() print("left") end)
      print("connected")
    end)
    ${UPDATE}
  `;
}

describe("where something is held up between the script and the network", () => {
  it("a send is told when it is made, and again as its parts leave and come", async () => {
    const held = new HeldNetwork();
    const recorded = await RecordedProgram.start(steered(await foreignServer((socket) => socket.pipe(socket))), (network) => held.over(network));
    await recorded.running.printedLine("connected");
    recorded.running.program.input("abc");
    await recorded.running.printedLine("got\tabc");
    held.out.shut();
    held.sliceBytes = 2;
    recorded.running.program.input("defgh");
    await recorded.until("send", 2);
    held.out.step();
    held.in.shut();
    held.out.open();
    await recorded.running.until(() => held.in.waiting === 3);
    held.in.step();
    await recorded.until("receive", 2);
    held.in.open();
    await recorded.until("receive", 3);
    const story = recorded.story.slice(2);
    expect(story.slice(0, 8)).toEqual(["send 0+3", "arrive 0+3", "receive 0+3", "send 3+5 held", "leave 3+2", "leave 5+2", "leave 7+1", "arrive 3+5 held"]);
    expect(story.slice(8)).toEqual(["release 3+2", "receive 3+2", "release 5+2", "release 7+1", "receive 5+3"]);
  });

  it("only what was held of a piece is told to leave later", async () => {
    const held = new HeldNetwork();
    const recorded = await RecordedProgram.start(steered(await foreignServer(() => {})), (network) => held.over(network));
    await recorded.running.printedLine("connected");
    held.sliceBytes = 2;
    // The first part goes at once, and the second is the first that is held.
    const pass = held.out.pass.bind(held.out);
    held.out.pass = (go) => {
      pass(go);
      held.out.shut();
    };
    recorded.running.program.input("abcde");
    await recorded.until("send");
    held.out.pass = pass;
    held.out.open();
    expect(recorded.story.slice(2)).toEqual(["send 0+5 held", "leave 0+2", "leave 2+2", "leave 4+1"]);
  });

  it("a close and an end of stream are told twice", async () => {
    const held = new HeldNetwork();
    let peer: Socket | undefined;
    const port = await foreignServer((socket) => {
      peer = socket;
    });
    const recorded = await RecordedProgram.start(steered(port), (network) => held.over(network));
    await recorded.running.printedLine("connected");
    held.in.shut();
    peer?.end();
    await recorded.until("end");
    held.in.open();
    await recorded.running.printedLine("left");
    expect(recorded.story.slice(2)).toEqual(["end after 0 held", "end-release", "close close after 0, 0 unread", "end-told"]);

    const other = await RecordedProgram.start(steered(await foreignServer(() => {})), (network) => held.over(network));
    await other.running.printedLine("connected");
    held.out.shut();
    other.running.program.input("close");
    await other.until("close");
    held.out.open();
    expect(other.story.slice(2)).toEqual(["close close after 0, 0 unread held", "close-leave"]);
  });

  it("connections that wait to be made, and to be told of, keep their names", async () => {
    const port = await freePort();
    const held = new HeldNetwork();
    held.in.shut();
    const server = await RecordedProgram.start(
      `zone.socket.server.new():listen(${port}, function(connection)
        connection:onReceive(function(data) connection:send(data) end)
      end)
      ${UPDATE}`,
      (network) => held.over(network),
    );
    await server.until("listening");
    const clients = new HeldNetwork();
    clients.out.shut();
    const client = await RecordedProgram.start(
      `for name = 1, 2 do
        coroutine.wrap(function()
          zone.socket.client.new():connect("127.0.0.1", ${port}, function(connection)
            connection:onReceive(function(data) print(name, data:toString()) end)
            connection:send(zone.byteStream.fromString("hello " .. name))
          end)
        end)()
      end
      ${UPDATE}`,
      (network) => clients.over(network),
    );
    await client.until("connect", 2);
    clients.out.open();
    await server.until("arrive", 2);
    held.in.open();
    await client.running.until(() => client.running.printed.length === 2);
    // What each end says of a connection is about the same one.
    for (const opened of client.of("opened")) {
      const accepted = server.of("accepted").find(({ remote }) => remote.port === opened.local.port);
      const sent = textOf(client.of("send").filter(({ connection }) => connection === opened.connection));
      expect(sent).toMatch(/^hello [12]$/);
      expect(textOf(server.of("arrive").filter(({ connection }) => connection === accepted?.connection))).toBe(sent);
      expect(textOf(server.of("send").filter(({ connection }) => connection === accepted?.connection))).toBe(sent);
      expect(server.of("receive").filter(({ connection }) => connection === accepted?.connection)).toHaveLength(1);
    }
  });

  it("a connection that something in between cuts off is told to be closed, then broken", async () => {
    let cut: (() => void) | undefined;
    const recorded = await RecordedProgram.start(steered(await foreignServer(() => {})), (network) => ({
      ...network,
      connect: (host, port, events) => {
        const stream = network.connect(host, port, events);
        cut = () => {
          stream.abort();
          events.onClosed({ code: "connection-reset", message: "cut" });
        };
        return stream;
      },
    }));
    await recorded.running.printedLine("connected");
    cut?.();
    await recorded.running.printedLine("left");
    expect(recorded.story.slice(2)).toEqual(["close abort after 0, 0 unread", "broken", "end-told"]);
  });
});

describe("levels of buffers", () => {
  it("show that the other side does not read, and that the script does not", async () => {
    let peer: Socket | undefined;
    const server = await foreignServer((socket) => {
      socket.pause();
      socket.write("unread");
      peer = socket;
    });
    const recorded = await RecordedProgram.start(`
      zone.socket.client.new():connect("127.0.0.1", ${server}, function(connection)
        local block = zone.byteStream.fromString(string.rep("x", 1048576))
        repeat until connection:send(block) < 1048576
        print("full")
      end)
      ${UPDATE}
    `);
    await recorded.running.printedLine("full");
    await recorded.running.until(() => recorded.of("gauge").some(({ waiting, sendBuffer }) => waiting === 6 && sendBuffer > 8_000_000));
    const gauges = recorded.of("gauge");
    expect(gauges[0]).toMatchObject({ connection: 1, sendBufferLimit: 16_777_216 });
    expect(gauges.at(-1)).toMatchObject({ waiting: 6, window: 262_144 - 6, hasReceiver: false });
    // None says what the one before it has said.
    for (const [index, gauge] of gauges.entries()) {
      const { at: _, ...said } = gauge;
      const before = gauges[index - 1];
      if (before !== undefined) expect({ ...before, at: 0 }).not.toEqual({ ...said, at: 0 });
    }
    expect(recorded.of("send").at(-1)?.size).toBeLessThan(1_048_576);
    expect(recorded.of("send").at(-1)?.asked).toBe(1_048_576);
    // What goes out does so without a word of the script or the network.
    peer?.resume();
    await recorded.running.until(() => recorded.of("gauge").at(-1)?.sendBuffer === 0);
  });

  it("say whether the script has an onReceive", async () => {
    const server = await foreignServer((socket) => socket.write("bytes"));
    const recorded = await RecordedProgram.start(`
      zone.socket.client.new():connect("127.0.0.1", ${server}, function(connection)
        connection:onReceive(print)
      end)
      ${UPDATE}
    `);
    await recorded.until("receive");
    await recorded.running.until(() => recorded.of("gauge").at(-1)?.waiting === 0);
    expect(recorded.of("gauge").at(-1)).toMatchObject({ connection: 1, hasReceiver: true });
  });
});
