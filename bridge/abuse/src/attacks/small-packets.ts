import { encodeData, encodePacket, PacketType, StreamType } from "@playground/wire/codec";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { PlainStream } from "../client/plain-stream.ts";
import { frame, hasDrained, Opcode } from "../client/raw-socket.ts";
import { RawSession } from "../client/raw-session.ts";

const SESSIONS = 16;
/** Packets that leave in one write. */
const TOGETHER = 500;

/** DATA of a single byte, as much as credit allows, with an echo that sends all of it back. */
export const smallPackets: Attack = {
  name: "small-packets",
  what: `${SESSIONS} sessions send DATA of one byte without a pause`,
  async run(run) {
    const data = Buffer.concat(Array.from({ length: TOGETHER }, () => frame(Opcode.BINARY, encodeData(1, Buffer.from("x")))));
    await inParallel(run, SESSIONS, 10_000, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: "small", window: 16_777_216 });
      if ((await session.ready()) === undefined) {
        run.count("refused");
        return sleep(50);
      }
      let credit = 0;
      let received = 0;
      session.onPacket = (packet) => {
        if (packet.type === PacketType.OPENED) credit += 131_072;
        if (packet.type === PacketType.CREDIT) credit += packet.bytes;
        if (packet.type === PacketType.DATA) received += packet.payload.length;
      };
      session.send({ type: PacketType.CONNECT, streamId: 1, streamType: StreamType.TCP, host: run.target.echoHost, port: run.target.echoPort });
      while (!run.isOver() && session.ws.readyState === 1) {
        if (received > 65_536) {
          session.send({ type: PacketType.CREDIT, streamId: 1, bytes: received });
          received = 0;
        }
        if (credit >= TOGETHER) {
          credit -= TOGETHER;
          session.socket.write(data);
          run.count("packets", TOGETHER);
          await hasDrained(session.socket);
        }
        await sleep(index % 2 === 0 ? 1 : 2);
      }
    });
  },
};

/** ACKs that say nothing new: each is a question whether the bridge is there, and is answered. */
export const ackQuestions: Attack = {
  name: "ack-questions",
  what: `${SESSIONS} sessions ask without a pause whether the bridge is there`,
  async run(run) {
    const questions = Buffer.concat(Array.from({ length: TOGETHER }, () => frame(Opcode.BINARY, encodePacket({ type: PacketType.ACK, received: 0 }))));
    await inParallel(run, SESSIONS, 10_000, async () => {
      const session = new RawSession(run.target, { address: run.address, room: "questions" });
      if ((await session.ready()) === undefined) {
        run.count("refused");
        return sleep(50);
      }
      while (!run.isOver() && session.ws.readyState === 1) {
        session.socket.write(questions);
        run.count("packets", TOGETHER);
        await hasDrained(session.socket);
        await sleep(1);
      }
    });
  },
};

/** The same as plain Wisp, which wisp-js speaks as well: windows are counted in packets. */
export const smallPlainPackets: Attack = {
  name: "small-plain-packets",
  what: `${SESSIONS} Wisp v1 clients send DATA of one byte without a pause`,
  alsoWispJs: true,
  async run(run) {
    await inParallel(run, SESSIONS, 10_000, async () => {
      const stream = await PlainStream.open(run.target, run.address).catch(() => undefined);
      if (stream === undefined) {
        run.count("refused");
        return sleep(50);
      }
      while (!run.isOver() && stream.ws.readyState === 1) {
        const some = Math.min(stream.credit, TOGETHER);
        stream.credit -= some;
        const { _socket: socket } = stream.ws as unknown as { _socket: import("node:net").Socket };
        socket.write(Buffer.concat(Array.from({ length: some }, () => frame(Opcode.BINARY, encodeData(1, Buffer.from("x"))))));
        run.count("packets", some);
        await hasDrained(socket);
        await sleep(1);
      }
      stream.ws.terminate();
    });
  },
};
