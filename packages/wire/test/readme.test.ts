import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { expect, test } from "vitest";
import { ClientSession, transportOver } from "../src/client/index.ts";
import { encodeBridgeMetadata, FIRST_BRIDGE_STREAM_ID, PacketType, WISP_V2_SUBPROTOCOL } from "../src/codec/index.ts";
import { HERE, SESSION_ID, settle, THERE } from "./scripted-bridge.ts";
import { ScriptedSocket } from "./scripted-socket.ts";

test("the example of the README is an echo server", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const example = /```ts\n(?:import [^\n]+\n)+([\s\S]+?)```/.exec(readme)?.[1];
  const lines: string[] = [];
  const run = compileFunction(example ?? "throw new Error('no example')", ["ClientSession", "transportOver", "WISP_V2_SUBPROTOCOL", "WebSocket", "console"]);
  run(ClientSession, transportOver, WISP_V2_SUBPROTOCOL, ScriptedSocket, { log: (line: string) => lines.push(line) });
  const socket = ScriptedSocket.last;
  if (socket === undefined) throw new Error("no socket was opened");
  expect([socket.protocol, socket.binaryType]).toEqual(["wisp-v2", "arraybuffer"]);

  const zone = encodeBridgeMetadata({ version: 1, network: "lan", window: 131_072, room: "lab" });
  socket.say({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
  socket.say({ type: PacketType.CONTINUE, streamId: 0, packets: 128 });
  socket.say({ type: PacketType.READY, sessionId: SESSION_ID, address: HERE.address });
  socket.say({ type: PacketType.LISTENING, listenerId: 1, bound: HERE });
  const streamId = FIRST_BRIDGE_STREAM_ID;
  socket.say({ type: PacketType.ACCEPT, streamId, listenerId: 1, remote: THERE, local: HERE });
  socket.say({ type: PacketType.DATA, streamId, payload: new TextEncoder().encode("hello") });
  socket.say({ type: PacketType.END, streamId });
  await settle();
  expect(socket.sent.map(({ type }) => type)).toEqual([PacketType.INFO, PacketType.LISTEN, PacketType.DATA, PacketType.END]);
  expect(socket.sent[2]).toMatchObject({ streamId, payload: new TextEncoder().encode("hello") });
  socket.fail(1006, "");
  await settle();
  expect(lines.slice(0, 3)).toEqual(["this machine is 127.18.52.2", "listening on 127.18.52.2, port 8080", "127.18.52.3 has left"]);
  expect(lines.slice(3).every((line) => line.includes("The connection to the bridge was lost"))).toBe(true);
  expect(lines).toHaveLength(5);
});
