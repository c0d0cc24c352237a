import { once } from "node:events";
import { expect, test } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import type { Notice } from "../src/index.ts";
import { CONNECTION_HINT_MS } from "../src/limits.ts";
import { TEST_SEND_BUFFER } from "./support/node-network.ts";
import { join, UPDATE } from "./support/peers.ts";
import { run, type RunningProgram } from "./support/run-program.ts";

/** A script server whose clock can be put forward. `onConnect` is Luau with `connection` in scope; the global `last` is the newest connection. */
async function serve(onConnect: string, more = ""): Promise<{ program: RunningProgram; port: number; pass: (ms: number) => void }> {
  const port = await freePort();
  let ahead = 0;
  const program = await run(
    `server = zone.socket.server.new()
    server:listen(${port}, function(connection) last = connection; print("joined"); ${onConnect} end)
    print("listening")
    ${more}
    ${more.includes("zone.update") ? "" : UPDATE}`,
    { now: () => performance.now() + ahead },
  );
  await program.printedLine("listening");
  return { program, port, pass: (ms) => (ahead += ms) };
}

function hints(program: RunningProgram): Notice[] {
  return program.lines.flatMap(({ detail }) => (detail?.notice === undefined ? [] : [detail.notice]));
}

/** Lets a few frames go by, so that what should not happen has had its time. */
const frames = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

const DISCONNECT = "connection:onDisconnect(function() print('left') end)";

test("bytes that no onReceive takes are hinted at once, and whoever sets one later gets them", async () => {
  const { program, port, pass } = await serve(DISCONNECT, `zone.console.onInput(function() last:onReceive(function(data) print(data:toString()) end) end)`);
  const first = await join(port);
  first.write("hello");
  await program.until(() => program.network.happened >= 2);
  await frames();
  expect(hints(program)).toEqual([]);
  pass(CONNECTION_HINT_MS);
  await program.until(() => hints(program).length > 0);
  expect(hints(program)).toEqual([{ code: "receive-missing", ip: "127.0.0.1", seconds: CONNECTION_HINT_MS / 1000 }]);
  expect(program.texts("notice")).toEqual([
    "bytes from 127.0.0.1 have waited for 3 s, and the connection has no onReceive; set one with connection:onReceive(callback)",
  ]);
  first.write(" again");
  pass(CONNECTION_HINT_MS);
  await frames();
  program.program.input("read");
  await program.printedLine("hello again");
  expect(hints(program)).toHaveLength(1);
});

test("no hint where the bytes are taken in time, or the script closes", async () => {
  const { program, port, pass } = await serve(
    `${DISCONNECT} count = (count or 0) + 1 if count == 1 then first = connection else connection:close() end`,
    `zone.console.onInput(function() first:onReceive(function(data) print(data:toString()) end) end)`,
  );
  const [reader, closed] = [await join(port), await join(port)];
  closed.resume();
  reader.write("hello");
  await program.until(() => program.network.happened >= 3);
  await frames();
  program.program.input("read");
  await program.printedLine("hello");
  pass(CONNECTION_HINT_MS);
  await frames();
  expect(hints(program)).toEqual([]);
});

test("an end that no onDisconnect hears of is hinted at once for all connections", async () => {
  const { program, port, pass } = await serve("");
  for (const socket of [await join(port), await join(port)]) socket.end();
  await program.until(() => program.network.happened >= 4);
  await frames();
  expect(hints(program)).toEqual([]);
  pass(CONNECTION_HINT_MS);
  await program.until(() => hints(program).length > 0);
  pass(CONNECTION_HINT_MS);
  await frames();
  expect(hints(program)).toEqual([{ code: "disconnect-missing", ip: "127.0.0.1" }]);
});

test.each([
  ["is there", DISCONNECT],
  ["comes later", "later = connection"],
  ["is not needed, since the script closes the connection itself", "connection:onReceive(function() connection:close() end)"],
])("no hint where onDisconnect %s", async (_, onConnect) => {
  const { program, port, pass } = await serve(
    onConnect,
    `zone.console.onInput(function() local connection = later if connection then ${DISCONNECT} end print("set") end)`,
  );
  const socket = await join(port);
  socket.resume();
  socket.end("bye");
  await program.until(() => program.network.happened >= 3);
  await frames();
  program.program.input("set");
  await program.printedLine("set");
  pass(CONNECTION_HINT_MS);
  await frames();
  expect(hints(program).map(({ code }) => code)).not.toContain("disconnect-missing");
});

test("no hint where the bridge is lost: the page speaks of that", async () => {
  const { program, port, pass } = await serve("");
  await join(port);
  await program.printedLine("joined");
  program.network.lose({ code: "bridge-lost", message: "the connection to the bridge was lost" });
  await frames();
  pass(CONNECTION_HINT_MS);
  await frames();
  expect(hints(program)).toEqual([]);
});

test("a send that is not taken whole is told apart: a full buffer by isOpen and a notice, once", async () => {
  const { program, port } = await serve(`
    ${DISCONNECT}
    print(connection:isOpen())
    local big = zone.byteStream.fromString(string.rep("x", ${2 * TEST_SEND_BUFFER}))
    local taken = connection:send(big)
    print(taken < big:length(), connection:isOpen())
    connection:send(big)
  `);
  const socket = await join(port);
  socket.pause();
  await program.printedLine("true\ttrue");
  const [hint, ...more] = hints(program);
  expect(hint).toMatchObject({ code: "send-full", ip: "127.0.0.1", length: 2 * TEST_SEND_BUFFER });
  expect(more).toEqual([]);
});

test("a send on a closed connection is told apart: by isOpen and a notice, once", async () => {
  const { program, port } = await serve(`
    ${DISCONNECT}
    connection:close()
    local hello = zone.byteStream.fromString("hello")
    print(connection:send(hello), connection:isOpen())
    connection:send(hello)
  `);
  (await join(port)).resume();
  await program.printedLine("0\tfalse");
  expect(hints(program)).toEqual([{ code: "send-closed", ip: "127.0.0.1" }]);
});

test("an empty send asks for nothing, and gets no notice", async () => {
  const { program, port } = await serve(`connection:close() print(connection:send(zone.byteStream.new()))`);
  (await join(port)).resume();
  await program.printedLine("0");
  expect(hints(program)).toEqual([]);
});

test("a connection that has broken is not open even before onDisconnect has been called, and sending gives no notice", async () => {
  const { program, port } = await serve(
    "connection:onDisconnect(function() print('left') end)",
    `local hello = zone.byteStream.fromString("hello")
    function zone.update()
      if last and not told then
        told = true
        while last:isOpen() do zone.system.delay(0.01) end
        print("sent", last:send(hello), last:isOpen())
      end
      zone.socket.update()
    end`,
  );
  const socket = await join(port);
  await program.printedLine("joined");
  socket.resetAndDestroy();
  await once(socket, "close");
  await program.printedLine("sent\t0\tfalse");
  await program.printedLine("left");
  expect(hints(program)).toEqual([]);
});
