import { randomBytes } from "node:crypto";
import { PacketType, RoomResult } from "@playground/wire/codec";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";
import { ADDRESS, type Target } from "../target.ts";

const ROOM = "lesson";
const MACHINES = 260;

/** Enters as the teacher and watches; gives the session, and whether the teacher is the keeper. */
async function enter(target: Target, token: Uint8Array): Promise<{ session: RawSession; address: string | undefined; isKeeper: boolean }> {
  const session = new RawSession(target, { address: ADDRESS.teacher, room: ROOM, token });
  const ready = await session.ready();
  const isKeeper = await new Promise<boolean>((resolve) => {
    if (ready === undefined) return resolve(false);
    setTimeout(() => resolve(false), 3_000);
    session.onPacket = (packet) => {
      if (packet.type !== PacketType.ROOM_EVENT || packet.event.kind !== "presence") return;
      const you = packet.event.machines.find((machine) => machine.isYou);
      if (you !== undefined) resolve(you.isKeeper);
    };
    session.request({ kind: "watch" });
  });
  return { session, address: ready?.address, isKeeper };
}

/** The teacher is away for a moment, and the room is filled with strangers. */
export const roomFilling: Attack = {
  name: "room-filling",
  what: `${MACHINES} machines fill a room whose teacher is away, and set its password`,
  async witness(target) {
    const token = randomBytes(16);
    const before = await enter(target, token);
    if (!before.isKeeper) throw new Error("the teacher, who came first, is not the keeper of the room");
    before.session.leave();
    await sleep(100);
    return async () => {
      const after = await enter(target, token);
      after.session.leave();
      if (after.address === undefined) return ["the teacher does not get back into the room"];
      return [
        ...(after.address === before.address ? [] : ["the teacher's address belongs to somebody else"]),
        ...(after.isKeeper ? [] : ["the teacher is no longer the keeper"]),
      ];
    };
  },
  async run(run) {
    const sessions: RawSession[] = [];
    await inParallel(run, 20, MACHINES, async () => {
      const session = new RawSession(run.target, { address: run.address, room: ROOM });
      const isIn = (await session.ready()) !== undefined;
      run.count(isIn ? "machines" : "refused");
      if (isIn) sessions.push(session);
    });
    const answers = await Promise.all(sessions.slice(0, 20).map((session) => session.asked({ kind: "set-password", password: "mine now" })));
    run.count("passwords set", answers.filter((answer) => answer === RoomResult.DONE).length);
    while (!run.isOver()) await sleep(50);
  },
  judge: (counts) => ((counts["passwords set"] ?? 0) > 0 ? ["a stranger has set the room's password"] : []),
};
