import { type Attack, inParallel, sleep } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";

const ROOMS = 1_000;

/** Rooms by the thousand, with somebody in each. */
export const roomNames: Attack = {
  name: "room-names",
  what: `${ROOMS} rooms with a session in each`,
  async run(run) {
    await inParallel(run, 40, ROOMS, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: `held-${index}` });
      run.count((await session.ready()) === undefined ? "refused" : "rooms");
    });
    while (!run.isOver()) await sleep(50);
  },
};
