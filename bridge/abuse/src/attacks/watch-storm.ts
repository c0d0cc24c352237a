import { type Attack, sleep } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";

const MACHINES = 250;
/** Twice a second for each: what a session may ask for in the long run. */
const EVERY_MS = 500;

/** The machines of a full room all ask to be told of it, again and again. */
export const watchStorm: Attack = {
  name: "watch-storm",
  what: `${MACHINES} machines of one room ask twice a second to be told who is in it`,
  async run(run) {
    const sessions: RawSession[] = [];
    for (let i = 0; i < MACHINES && !run.isOver(); i += 1) {
      const session = new RawSession(run.target, { address: run.address, room: "storm" });
      sessions.push(session);
      void session.ready().then((ready) => run.count(ready === undefined ? "refused" : "machines"));
      if (i % 25 === 24) await Promise.all(sessions.slice(-25).map((each) => each.answer));
    }
    while (!run.isOver()) {
      const turn = performance.now();
      for (const session of sessions) session.request({ kind: "watch" });
      run.count("rounds");
      await sleep(Math.max(1, EVERY_MS - (performance.now() - turn)));
    }
  },
};
