import { PacketType, RoomResult } from "@playground/wire/codec";
import { type Attack, inParallel } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";
import { ADDRESS, type Target } from "../target.ts";

const ROOM = "locked";
const PASSWORD = "open sesame";
/** Time for a pupil with the right password to get in, ms: at most two passwords are hashed at a time, some 40 ms each. */
const PATIENCE_MS = 3_000;

/** A room with a password; what is told later is whether those who know it get in from these addresses. */
async function lockedRoom(target: Target, addresses: readonly string[]): Promise<() => Promise<string[]>> {
  const keeper = new RawSession(target, { address: ADDRESS.teacher, room: ROOM });
  await keeper.ready();
  if ((await keeper.asked({ kind: "set-password", password: PASSWORD })) !== RoomResult.DONE) throw new Error("the keeper cannot set the room's password");
  return async () => {
    const entered = addresses.map(async (address) => {
      const began = performance.now();
      const pupil = new RawSession(target, { address, room: ROOM, password: PASSWORD, withinMs: PATIENCE_MS });
      const answer = await pupil.answer;
      pupil.leave();
      if (answer?.type === PacketType.READY) return [];
      return [
        `the right password does not let in from ${address}: ${answer?.type === PacketType.CLOSE ? answer.message : `no answer within ${Math.round(performance.now() - began)} ms`}`,
      ];
    });
    return (await Promise.all(entered)).flat();
  };
}

/** Wrong passwords as fast as they can be sent. */
export const wrongPasswords: Attack = {
  name: "wrong-passwords",
  what: "wrong passwords for a room, as fast as they can be sent",
  witness: async (target) => lockedRoom(target, [ADDRESS.attacker, ADDRESS.class]),
  async run(run) {
    await inParallel(run, 20, 20_000, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: ROOM, password: `guess ${index}` });
      const answer = await session.answer;
      session.ws.terminate();
      run.count(answer?.type === PacketType.CLOSE && answer.reason === 0xe8 ? "checked" : "not checked");
    });
  },
};

/** Guesses on one room, from wherever they come, that are not too many: a few classes that mistype, and then so few that 1.2 million take a week. */
const GUESSES_AT_ONCE = 600;
const GUESSES_A_SECOND = 2;

/** The same from an IPv6 network of its own for each guess. */
export const guessesOfManyNetworks: Attack = {
  name: "guesses-of-many-networks",
  what: "wrong passwords for one room, each from an IPv6 network of its own",
  bridgeOptions: ["--trusted-proxy", ADDRESS.proxy],
  witness: async (target) => lockedRoom(target, [ADDRESS.class]),
  async run(run) {
    await inParallel(run, 20, 20_000, async (index) => {
      // Not even one of 48 bits is seen twice.
      const forwardedFor = `2001:${(0xd00 + (index >> 12)).toString(16)}:${(index & 0xfff).toString(16)}:1::1`;
      const session = new RawSession(run.target, { address: ADDRESS.proxy, room: ROOM, password: `guess ${index}`, forwardedFor });
      const answer = await session.answer;
      session.ws.terminate();
      run.count(answer?.type === PacketType.CLOSE && answer.reason === 0xe8 ? "checked" : "not checked");
    });
  },
  judge({ checked = 0 }, seconds) {
    const most = GUESSES_AT_ONCE + GUESSES_A_SECOND * seconds;
    return checked > most ? [`${checked} guesses on one room were checked in ${seconds.toFixed(0)} s; ${most.toFixed(0)} are enough`] : [];
  },
};
