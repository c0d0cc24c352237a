import { describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { FIELD_LIMIT, FIELD_TEXT_LIMIT } from "../src/limits.ts";
import { ObserverNotes } from "./support/observed.ts";
import { foreignServer, join, UPDATE } from "./support/peers.ts";
import { run, type RunningProgram } from "./support/run-program.ts";

async function observe(files: Record<string, string> | string): Promise<{ program: RunningProgram; notes: ObserverNotes }> {
  const notes = new ObserverNotes();
  const program = await run(files, { observer: notes, network: notes.network });
  return { program, notes };
}

/** A server that is not ours, which sends back what it gets. */
function echoServer(): Promise<number> {
  return foreignServer((socket) => socket.pipe(socket));
}

/** What a script has written the bytes by that its only `send` takes. */
async function writtenBy(lines: string) {
  const { program, notes } = await observe(`
    local s = zone.byteStream.new()
    ${lines}
    local client = zone.socket.client.new()
    client:connect("127.0.0.1", ${await echoServer()}, function(connection) connection:send(s) print("sent") end)
    ${UPDATE}
  `);
  await program.printedLine("sent");
  return notes.of("send")[0]?.written;
}

/** What a script has read of "\1\2\3\4\5\6\7\8" by its onReceive. */
async function readBy(lines: string) {
  const { program, notes } = await observe(`
    local client = zone.socket.client.new()
    client:connect("127.0.0.1", ${await foreignServer((socket) => void socket.write(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])))}, function(connection)
      connection:onReceive(function(data)
        ${lines}
        print("read")
      end)
    end)
    ${UPDATE}
  `);
  await program.printedLine("read");
  await program.until(() => program.printed.includes("read"));
  program.stop();
  return notes.of("read").map(({ offset, fields }) => ({ offset, fields }));
}

describe("an observer is told the line", () => {
  it("of listen, connect, send and close, in whatever file and function they stand", async () => {
    const port = await freePort();
    const { program, notes } = await observe({
      "main.luau": `local sender = require("./sender")
local server = zone.socket.server.new()
server:listen(${port}, function(connection)
  connection:onReceive(function(data)
    connection:send(data)
  end)
end)
local client = zone.socket.client.new()
client:connect("127.0.0.1", ${port}, function(connection)
  connection:onReceive(function()
    pcall(
      function() connection:close() end
    )
    client:close()
    server:close()
    print("over")
  end)
  sender.hello(connection)
end)
${UPDATE}`,
      "sender.luau": `local function say(connection, text)
  local s = zone.byteStream.fromString(text)
  connection:send(s)
end
return { hello = function(connection)
  say(connection, "hello")
end }`,
    });
    await program.printedLine("over");
    const places = (what: "listen" | "connect" | "send" | "close") => notes.of(what).map(({ site }) => site?.place && `${site.place.file}:${site.place.line}`);
    expect(places("listen")).toEqual(["main.luau:3"]);
    expect(places("connect")).toEqual(["main.luau:9"]);
    expect(places("send")).toEqual(["sender.luau:3", "main.luau:5"]);
    // The client's by its connection, the server's accepted one by server:close().
    expect(places("close")).toEqual(["main.luau:12", "main.luau:15"]);
  });

  it("of a method that a library function calls", async () => {
    const { program, notes } = await observe(`
local client = zone.socket.client.new()
client:connect("127.0.0.1", ${await echoServer()}, function(connection)
  local s = zone.byteStream.fromString("x")

  pcall(connection.send, connection, s)
  coroutine.wrap(function()
    connection:send(s)
  end)()
  print("sent")
end)
${UPDATE}`);
    await program.printedLine("sent");
    expect(notes.of("send").map(({ site }) => site?.place?.line)).toEqual([6, 8]);
  });

  it("of callbacks, where their functions begin", async () => {
    const port = await freePort();
    const { program, notes } = await observe(`
local server = zone.socket.server.new()
local function joined(connection)
  connection:onReceive(
    function(data) end
  )
  local function left() print("left") end
  connection:onDisconnect(left)
end
server:listen(${port}, joined)
print("listening")
${UPDATE}`);
    await program.printedLine("listening");
    (await join(port)).end("hello");
    await program.printedLine("left");
    expect(notes.of("announced").map(({ site }) => site.place)).toEqual([{ file: "main.luau", line: 3 }]);
    expect(notes.of("received").map(({ site, offset, size }) => ({ place: site.place, offset, size }))).toEqual([
      { place: { file: "main.luau", line: 5 }, offset: 0, size: 5 },
    ]);
    expect(notes.of("end-told").map(({ site }) => site.place)).toEqual([{ file: "main.luau", line: 7 }]);
  });

  it("of nothing where the program itself closes", async () => {
    const { program, notes } = await observe(`
      local client = zone.socket.client.new()
      client:connect("127.0.0.1", ${await echoServer()}, function() print("connected") end)
      ${UPDATE}
    `);
    await program.printedLine("connected");
    program.stop();
    expect(notes.of("close")).toEqual([{ what: "close", site: undefined }]);
    expect(notes.of("state").map(({ state }) => state)).toEqual(["started", "stopped"]);
  });
});

describe("entries into the script", () => {
  it("are counted from 1, and what is printed in one says which", async () => {
    const { program, notes } = await observe(`
      print("main")
      function zone.init() print("init") end
      local frames = 0
      function zone.update()
        frames += 1
        if frames <= 2 then print("frame", frames) end
      end
      function zone.cleanup() print("cleanup") end
    `);
    await program.printedLine("frame\t2");
    program.stop();
    const [main, init, first, second, cleanup] = notes.of("printed").map(({ entry }) => entry);
    expect([main, init, first, second]).toEqual([1, 2, 3, 4]);
    expect(cleanup).toBeGreaterThan(4);
  });

  it("go on as what they were after a wait, though others have run meanwhile", async () => {
    const { program, notes } = await observe(`
      local frames = 0
      function zone.update() frames += 1 end
      print("before")
      while frames < 3 do zone.system.delay(0.001) end
      print("after")
      coroutine.wrap(function()
        zone.system.delay(0.001)
        print("in a coroutine")
      end)()
    `);
    await program.printedLine("in a coroutine");
    expect(notes.of("printed")).toEqual([
      { what: "printed", level: "print", text: "before", entry: 1 },
      { what: "printed", level: "print", text: "after", entry: 1 },
      { what: "printed", level: "print", text: "in a coroutine", entry: 1 },
    ]);
  });

  it("are the same for a callback, what it sends and what it prints", async () => {
    const { program, notes } = await observe(`
      local client = zone.socket.client.new()
      client:connect("127.0.0.1", ${await echoServer()}, function(connection)
        connection:onReceive(function(data)
          if #data == 2 then return print("over") end
          print("got", data:toString())
          connection:send(zone.byteStream.fromString("ab"))
        end)
        connection:send(zone.byteStream.fromString("a"))
      end)
      ${UPDATE}
    `);
    await program.printedLine("over");
    const [received] = notes.of("received");
    expect(received?.site.entry).toBeGreaterThan(1);
    expect(notes.of("printed").find(({ text }) => text === "got\ta")?.entry).toBe(received?.site.entry);
    expect(notes.of("send").map(({ site }) => site?.entry)).toEqual([notes.of("announced")[0]?.site.entry, received?.site.entry]);
    // What is heard comes before what the callback does.
    expect(notes.notes.findIndex(({ what }) => what === "received")).toBeLessThan(
      notes.notes.findIndex((note) => note.what === "printed" && note.text === "got\ta"),
    );
  });

  it("are named by the error that ends one", async () => {
    const { program, notes } = await observe(`
      local frames = 0
      function zone.update()
        frames += 1
        if frames == 2 then error("boom") end
      end
    `);
    await program.ended();
    expect(notes.of("printed").map(({ level, text, entry }) => [level, text, entry])).toContainEqual(["error", "main.luau:5: boom", 3]);
    expect(notes.of("state").at(-1)?.state).toBe("failed");
  });
});

describe("what a script sends is told by what it wrote it by", () => {
  it("in each format", async () => {
    expect(
      await writtenBy(`s:writeU8(7) s:writeI16(-2) s:writeU16(513) s:writeInt(-5) s:writeF64(0.5) s:writeVInt(-300) s:writeVUInt(300)
        s:writeBool(true) s:writeString("héllo") s:write("raw")`),
    ).toEqual([
      { offset: 0, size: 1, format: "U8", value: 7 },
      { offset: 1, size: 2, format: "I16", value: -2 },
      { offset: 3, size: 2, format: "U16", value: 513 },
      { offset: 5, size: 4, format: "I32", value: -5 },
      { offset: 9, size: 8, format: "F64", value: 0.5 },
      { offset: 17, size: 2, format: "VInt", value: -300 },
      { offset: 19, size: 2, format: "VUInt", value: 300 },
      { offset: 21, size: 1, format: "Bool", value: true },
      { offset: 22, size: 10, format: "String", value: "héllo" },
      { offset: 32, size: 3, format: "bytes" },
    ]);
  });

  it("without what was overwritten, in part or as a whole", async () => {
    expect(await writtenBy(`s:writeU32(1) s:writeU16(2) s:writeU16(3) s:seek(2) s:writeU32(9)`)).toEqual([
      { offset: 2, size: 4, format: "U32", value: 9 },
      { offset: 6, size: 2, format: "U16", value: 3 },
    ]);
    expect(await writtenBy(`s:writeU16(1) s:writeU16(0) s:writeU16(3) s:seek(2) s:writeU16(2)`)).toEqual([
      { offset: 0, size: 2, format: "U16", value: 1 },
      { offset: 2, size: 2, format: "U16", value: 2 },
      { offset: 4, size: 2, format: "U16", value: 3 },
    ]);
  });

  it("behind bytes that were put in front, and not after clear", async () => {
    expect(await writtenBy(`s:writeU16(3) s:prepend(2) s:seek(0) s:writeU16(4)`)).toEqual([
      { offset: 0, size: 2, format: "U16", value: 4 },
      { offset: 2, size: 2, format: "U16", value: 3 },
    ]);
    expect(await writtenBy(`s:writeU16(3) s:clear() s:writeBool(false)`)).toEqual([{ offset: 0, size: 1, format: "Bool", value: false }]);
  });

  it("not where a write failed, nor where nothing was written", async () => {
    expect(await writtenBy(`s:writeU8(1) pcall(s.writeU8, s, 256) s:write("") s:writeString("")`)).toEqual([
      { offset: 0, size: 1, format: "U8", value: 1 },
      { offset: 1, size: 4, format: "String", value: "" },
    ]);
    expect(await writtenBy(`s = zone.byteStream.fromString("abc")`)).toBeUndefined();
  });

  it("up to a limit of fields, and of a text's characters", async () => {
    const written = await writtenBy(`s:writeString(string.rep("ж", 1000)) for _ = 1, 10 * ${FIELD_LIMIT} do s:writeU8(1) end`);
    expect(written).toHaveLength(FIELD_LIMIT);
    expect(written?.[0]?.value).toBe("ж".repeat(FIELD_TEXT_LIMIT));
  });

  it("in the byte order of the stream", async () => {
    expect(await writtenBy(`s = zone.byteStream.new("big") s:writeU16(513)`)).toEqual([{ offset: 0, size: 2, format: "U16", value: 513 }]);
  });
});

describe("what a script has received is told by what it reads it by", () => {
  it("once the callback is over", async () => {
    expect(await readBy(`print(data:readU8(), data:readU16(), data:readBool()) data:read(2)`)).toEqual([
      {
        offset: 0,
        fields: [
          { offset: 0, size: 1, format: "U8", value: 1 },
          { offset: 1, size: 2, format: "U16", value: 770 },
          { offset: 3, size: 1, format: "Bool", value: true },
          { offset: 4, size: 2, format: "bytes" },
        ],
      },
    ]);
  });

  it("before the next callback, and by the offset of the piece that it is from", async () => {
    const { program, notes } = await observe(`
      local client = zone.socket.client.new()
      client:connect("127.0.0.1", ${await echoServer()}, function(connection)
        local count = 0
        connection:onReceive(function(data)
          count += 1
          data:readU8()
          if count == 2 then return client:close() end
          connection:send(data)
        end)
        connection:onDisconnect(function() end)
        connection:send(zone.byteStream.fromString("ab"))
      end)
      function zone.update()
        zone.socket.update()
        print("updated")
      end
    `);
    await program.until(() => notes.of("close").length === 1);
    program.stop();
    const order = notes.notes.flatMap((note) =>
      note.what === "received" || note.what === "read" ? [`${note.what} ${note.offset}`] : note.what === "printed" ? [note.text] : [],
    );
    expect(order.filter((text, place) => text !== order[place - 1])).toEqual(["updated", "received 0", "read 0", "updated", "received 2", "read 2", "updated"]);
  });

  it("as it was before the script changed the bytes, and no more after that", async () => {
    expect(await readBy(`data:readU8() data:seek(0) data:writeU8(9) data:readU8()`)).toEqual([
      { offset: 0, fields: [{ offset: 0, size: 1, format: "U8", value: 1 }] },
    ]);
    expect(await readBy(`data:readU16() data:clear()`)).toEqual([{ offset: 0, fields: [{ offset: 0, size: 2, format: "U16", value: 513 }] }]);
    expect(await readBy(`data:prepend(1) data:readU8()`)).toEqual([]);
  });

  it("not where a read failed", async () => {
    expect(await readBy(`data:seek(7) pcall(data.readU32, data) data:readU8()`)).toEqual([
      { offset: 0, fields: [{ offset: 7, size: 1, format: "U8", value: 8 }] },
    ]);
  });

  it("with the frame, where a stream is read later", async () => {
    const { program, notes } = await observe(`
      local kept
      local client = zone.socket.client.new()
      client:connect("127.0.0.1", ${await foreignServer((socket) => void socket.write("abcd"))}, function(connection)
        connection:onReceive(function(data) kept = data end)
      end)
      function zone.update()
        if kept and kept:remaining() > 0 then kept:readU16() print("read") end
        zone.socket.update()
      end
    `);
    await program.until(() => notes.of("read").length === 2);
    expect(notes.of("read").map(({ fields }) => fields.map(({ offset }) => offset))).toEqual([[0], [2]]);
  });
});
