import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { echoServer, greetingClient } from "../support/luau.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

test("200 connections to one script server each get their own echo", async ({ playground, spawn, bridge }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const peers = spawn(process.execPath, peerProgram("many"), await playground.address(), 8080, 200);
  expect(await peers.reports("echoed", LONG_PATIENCE_MS)).toBe(200);
  expect(peers.output).not.toContain("wrong");
  expect(await bridge.health()).toMatchObject({ sockets: 200, streams: 200, listeners: 1 });
  peers.kill("SIGKILL");
  await expect.poll(() => server.times("left ")).toBe(200);
  await server.stop();
  await bridge.isQuiet();
});

test("20 programs in one page: ten servers, and ten clients that each talk to their own", async ({ playground, bridge }) => {
  test.slow();
  const pairs = Array.from({ length: 10 }, (_, index) => index);
  for (const number of pairs) {
    for (const [kind, source] of [
      ["server", echoServer(9000 + number)],
      // Run all starts one after the other, so that this client's server listens already.
      ["client", greetingClient("127.0.0.1", 9000 + number, `pair ${number}`)],
    ] as const) {
      const name = number === 0 ? `${kind}.luau` : `${kind}${number}.luau`;
      if (number > 0) await playground.newFile(name, { isProgram: true });
      await playground.paste(name, source);
    }
  }
  await expect(playground.page.locator("zp-console")).toHaveCount(20);
  await playground.page.getByTestId("run-all").click();
  for (const number of pairs) {
    const suffix = number === 0 ? "" : String(number);
    await playground.program(`server${suffix}.luau`).shows("listening", { timeout: LONG_PATIENCE_MS });
    await playground.program(`client${suffix}.luau`).shows(`received pair ${number}`, { timeout: LONG_PATIENCE_MS });
  }
  // One session for each program, and the page's own; ten connections with two ends each.
  expect(await bridge.health()).toMatchObject({ sessions: 21, listeners: 10, streams: 20 });
  await playground.isAlive();
  await playground.page.getByTestId("stop-all").click();
  await bridge.isQuiet();
  await expect.poll(async () => (await bridge.health()).sessions).toBe(1);
});
