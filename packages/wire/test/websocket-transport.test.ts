import { expect, test } from "vitest";
import { type TransportEvents, transportOver } from "../src/client/index.ts";
import { encodePacket, type Packet, PacketType } from "../src/codec/index.ts";
import { ScriptedSocket } from "./scripted-socket.ts";

const PACKET: Packet = { type: PacketType.CONTINUE, streamId: 7, packets: 3 };

/** Keeps what it is told. */
function recorder(): { events: TransportEvents; told: unknown[] } {
  const told: unknown[] = [];
  return {
    told,
    events: {
      receive: (message) => told.push(message),
      receiveText: () => told.push("text"),
      closed: (code, reason) => told.push([code, reason]),
      drained: () => told.push("drained"),
    },
  };
}

test("what happens on a WebSocket is told: bytes, text, and its end, once", () => {
  const socket = new ScriptedSocket();
  const { events, told } = recorder();
  transportOver(socket, events);
  expect(socket.binaryType).toBe("arraybuffer");
  socket.say(PACKET);
  socket.message("a text");
  socket.fail(1006, "cut");
  expect(told).toEqual([encodePacket(PACKET), "text", [1006, "cut"]]);
});

test("a transport sends and closes its WebSocket", () => {
  const socket = new ScriptedSocket();
  const transport = transportOver(socket, recorder().events);
  transport.send(encodePacket(PACKET));
  transport.close(4000, "no more");
  expect(socket.sent).toEqual([PACKET]);
  expect(socket.closedWith).toEqual([4000, "no more"]);
  expect(transport.bufferedAmount()).toBe(socket.bufferedAmount);
});
