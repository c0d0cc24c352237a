import type { Socket } from "node:net";
import { type Attack, type AttackRun, inParallel, sleep } from "../attack.ts";
import { frameHead, hasDrained, Opcode, openWebSocket } from "../client/raw-socket.ts";
import { RawSession } from "../client/raw-session.ts";

/** Connections, and the bytes of a message that each sends but for the last one. */
const CONNECTIONS = 800;
const MESSAGE_BYTES = 1_048_576;

async function holdOpen(run: AttackRun, open: (index: number) => Promise<Socket | undefined>): Promise<void> {
  const part = Buffer.alloc(65_536);
  await inParallel(run, 20, CONNECTIONS, async (index) => {
    const socket = await open(index);
    if (socket === undefined || socket.destroyed) return run.count("refused");
    run.count("open");
    socket.on("close", () => run.count("cut"));
    socket.write(frameHead(Opcode.BINARY, MESSAGE_BYTES));
    for (let left = MESSAGE_BYTES - 1; left > 0 && !run.isOver() && !socket.destroyed; left -= part.length) {
      socket.write(part.subarray(0, left));
      // Whoever is not read from is left alone: the next one is tried.
      await Promise.race([hasDrained(socket), sleep(1_000)]);
      if (socket.writableNeedDrain) return run.count("held up");
    }
    run.count("MiB");
  });
  while (!run.isOver()) await sleep(50);
}

/** Messages of the greatest length without their last byte, from clients that have not said who they are. */
export const unfinishedBeforeInfo: Attack = {
  name: "unfinished-before-info",
  what: `${CONNECTIONS} WebSockets send 1 MiB of a message that never ends, before INFO`,
  alsoWispJs: true,
  run: async (run) => holdOpen(run, async () => openWebSocket(run.target, run.address, "unfinished", run.target.kind === "bridge" ? "wisp-v2" : "none")),
};

/** The same from sessions. */
export const unfinishedMessages: Attack = {
  name: "unfinished-messages",
  what: `${CONNECTIONS} sessions send 1 MiB of a message that never ends`,
  async run(run) {
    await holdOpen(run, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: `unfinished-${Math.floor(index / 200)}` });
      return (await session.ready()) === undefined ? undefined : session.socket;
    });
  },
};
