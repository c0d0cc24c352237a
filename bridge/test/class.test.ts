import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { runBridge, until } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** Pupils behind one router. */
const PUPILS = 40;
/** Sessions of each: the page's, and of three programs. */
const SESSIONS = 4;
const ROUTER = "127.0.0.5";

test("forty pupils behind one router: pages and programs come at once, all come back at once, and each has a room to try things in", async () => {
  const bridge = await runBridge();
  const tokens = Array.from({ length: PUPILS }, () => randomBytes(16));
  const clients = tokens.flatMap((token) =>
    Array.from({ length: SESSIONS }, () => new ZoneClient(bridge, { room: "lesson", token, localAddress: ROUTER, resumes: true })),
  );
  await Promise.all(clients.map(({ ready }) => ready));
  await Promise.all(clients.map((client) => client.listen(0)));
  for (const client of clients) client.ws.terminate();
  await until(() => clients.every(({ resumptions }) => resumptions >= 1), "everybody back");
  const own = tokens.map((token, index) => new ZoneClient(bridge, { room: `own-${index}`, token, localAddress: ROUTER }));
  await Promise.all(own.map(({ ready }) => ready));
  expect(clients.filter(({ ended }) => ended !== undefined)).toEqual([]);
  expect(bridge.snapshot()).toMatchObject({
    sessions: PUPILS * (SESSIONS + 1),
    machines: PUPILS * 2,
    listeners: PUPILS * SESSIONS,
    rooms: PUPILS + 1,
    handshakes: 0,
  });
}, 60_000);
