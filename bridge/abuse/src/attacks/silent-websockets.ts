import { type Attack, sleep } from "../attack.ts";
import { hasDrained, isConnected, openSocket, upgradeText } from "../client/raw-socket.ts";

const SOCKETS = 1_010;

/** WebSockets that never say anything: places for clients that are connecting. */
export const silentWebSockets: Attack = {
  name: "silent-websockets",
  what: `${SOCKETS} WebSockets say nothing`,
  alsoWispJs: true,
  async run(run) {
    const open = async (): Promise<void> => {
      const socket = openSocket(run.target, run.address);
      if (!(await isConnected(socket))) return run.count("refused");
      socket.resume();
      socket.once("data", (data: Buffer) => run.count(data.includes(" 101 ") ? "open" : "refused"));
      socket.write(upgradeText(run.target, "silent", run.target.kind === "bridge" ? "wisp-v2" : "none"));
      await hasDrained(socket);
    };
    for (let i = 0; i < SOCKETS && !run.isOver(); i += 50) await Promise.all(Array.from({ length: 50 }, open));
    while (!run.isOver()) await sleep(50);
  },
};
