import { type Attack, sleep } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";

const MACHINES = 100;
/** Much more than is allowed: what is refused costs something, too. */
const EVERY_MS = 50;

/** Machines that watch their room take other names all the time, so that everybody has to be told of everybody. */
export const renameStorm: Attack = {
  name: "rename-storm",
  what: `${MACHINES} machines that watch their room change their names 20 times a second`,
  async run(run) {
    const sessions = Array.from({ length: MACHINES }, () => new RawSession(run.target, { address: run.address, room: "names" }));
    await Promise.all(sessions.map((session) => session.answer));
    for (const session of sessions) session.request({ kind: "watch" });
    for (let round = 0; !run.isOver(); round += 1) {
      for (const [index, session] of sessions.entries()) session.request({ kind: "rename", name: `n${index}-${round}` });
      run.count("renames", MACHINES);
      await sleep(EVERY_MS);
    }
  },
};
