import { Agent } from "node:http";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { ask, projectText, shortLink } from "../client/http-request.ts";
import { openSocket } from "../client/raw-socket.ts";

/** A large project: what it costs to look at it is what the attack is about. */
const LARGE_PROJECT_BYTES = 900_000;
const CONNECTIONS = 16;

/** A short link is read over and over. */
export const shortLinkReads: Attack = {
  name: "short-link-reads",
  what: `GET and HEAD of one short link over ${CONNECTIONS} connections without a pause`,
  async run(run) {
    const { id } = await shortLink(run.target, run.address, projectText("large", LARGE_PROJECT_BYTES));
    if (id === undefined) return run.count("refused");
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    await inParallel(run, CONNECTIONS, 200_000, async (index) => {
      const { status } = await ask(run.target, { address: run.address, path: `/api/scripts/${id}`, method: index % 8 === 0 ? "GET" : "HEAD", agent });
      run.count(status === 200 ? "answered" : "refused");
      if (status !== 200) await sleep(5);
    });
  },
};

/** Room for short links while they are filled up, and one address's share of it: little, so that it takes seconds and not half an hour. */
const MAX_SCRIPTS = 40;
const MAX_SCRIPTS_PER_ADDRESS = 15;

/** One address asks for so many short links that nobody else gets one. */
export const storeFilling: Attack = {
  name: "store-filling",
  what: `one address fills a store for ${MAX_SCRIPTS} short links`,
  bridgeOptions: ["--max-scripts", String(MAX_SCRIPTS), "--max-scripts-per-address", String(MAX_SCRIPTS_PER_ADDRESS)],
  async run(run) {
    await inParallel(run, 4, 200, async (index) => {
      const { status } = await shortLink(run.target, run.address, projectText(`filling ${index}`));
      run.count(status === 201 ? "kept" : "refused");
      if (status !== 201) await sleep(100);
    });
    while (!run.isOver()) await sleep(50);
  },
};

const SLOW_POSTS = 64;

/** Projects that are sent a byte at a time. */
export const slowPosts: Attack = {
  name: "slow-posts",
  what: `${SLOW_POSTS} POSTs of a short link send a byte a second`,
  async run(run) {
    const head = `POST /api/scripts HTTP/1.1\r\nHost: 127.0.0.1:${run.target.port}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`;
    await Promise.all(
      Array.from({ length: SLOW_POSTS }, async () => {
        while (!run.isOver()) {
          const socket = openSocket(run.target, run.address).resume();
          run.count("posts");
          socket.write(head);
          while (!run.isOver() && !socket.destroyed) {
            await sleep(250);
            socket.write(" ");
          }
          await sleep(50);
        }
      }),
    );
  },
};
