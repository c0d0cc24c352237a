import { type Attack, inParallel } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";

/** Visitors at a time, and rooms in all. */
const AT_A_TIME = 10;
const ROOMS = 1_200;

/** Visits of rooms, each left at once: the place of the machine that was there is kept, and with it the room. */
export const emptyRooms: Attack = {
  name: "empty-rooms",
  what: `${ROOMS} rooms are visited, ${AT_A_TIME} at a time, and left empty`,
  async run(run) {
    await inParallel(run, AT_A_TIME, ROOMS, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: `empty-${index}` });
      run.count((await session.ready()) === undefined ? "refused" : "rooms");
      session.leave();
    });
  },
};
