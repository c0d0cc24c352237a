import type { Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { BreakableNetwork } from "../support/breakable-network.ts";
import type { BridgeProcess } from "../support/bridge-process.ts";
import { echoServer, greetingClient, hashingServer, UPDATE } from "../support/luau.ts";
import { peerProgram } from "../support/paths.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { rendererPids } from "../support/process-memory.ts";
import { expect, test } from "../support/test.ts";

// Two of these look at what the bridge holds, and cuts leave sessions behind.
test.use({ hasOwnBridge: true });

/** Bytes that are transferred while the network is cut again and again. */
const TOTAL_BYTES = 32 * 1024 * 1024;

/** Opens the room's page by way of a network that can be broken. */
async function behindNetwork(page: Page, bridge: BridgeProcess, room: string): Promise<{ network: BreakableNetwork; playground: PlaygroundPage }> {
  const network = await BreakableNetwork.to(bridge.port);
  const playground = new PlaygroundPage(page);
  await playground.open(`http://127.0.0.1:${network.port}/room/${room}/`);
  return { network, playground };
}

test("a cut takes nothing with it: the page says that it reconnects and for how long, and everything goes on", async ({ page, bridge, room, spawn }) => {
  const { network, playground } = await behindNetwork(page, bridge, room);
  const address = await playground.address();
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "before"));
  await client.shows("received before");
  const before = spawn("nc", address, 8080);
  before.write("one\n");
  await before.shows("one\n");

  network.down();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "reconnecting");
  await expect(page.getByTestId("bridge-notice")).toContainText(/The bridge waits for \d+ s more/);
  before.write("two\n");
  // The port is still there for whoever comes meanwhile.
  const meanwhile = spawn("nc", "-v", address, 8080);
  await expect.poll(() => meanwhile.errors).toContain("succeeded");
  meanwhile.write("three\n");
  expect(before.output + meanwhile.output).toBe("one\n");

  network.up();
  await before.shows("one\ntwo\n");
  await meanwhile.shows("three\n");
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected");
  await expect(page.getByTestId("bridge-notice")).toHaveCount(0);
  expect(await playground.address()).toBe(address);
  await server.is("running");
  await client.is("running");
  network.close();
});

test("the page says it in Russian, too", async ({ browser, bridge, room }) => {
  const context = await browser.newContext({ locale: "ru-RU" });
  const { network, playground } = await behindNetwork(await context.newPage(), bridge, room);
  network.down();
  await expect(playground.page.getByTestId("bridge-notice")).toContainText(/Связь с мостом прервалась.+Мост ждёт ещё \d+ с\./s);
  network.close();
  await context.close();
});

test("transfers through forty cuts arrive byte for byte", async ({ page, bridge, room, spawn }) => {
  const { network, playground } = await behindNetwork(page, bridge, room);
  const server = await playground.runServer(hashingServer(8080, UPDATE));
  await server.shows("listening");
  const peer = spawn(process.execPath, peerProgram("transfer"), await playground.address(), 8080, TOTAL_BYTES);
  for (let cut = 0; cut < 40; cut += 1) {
    // Now in the middle of much, now right after the page has come back.
    await network.passes(1 + ((cut * 37) % 100) * 8_192);
    network.cut();
  }
  const sent = await peer.reports<{ bytes: number; byteHash: number }>("sent", LONG_PATIENCE_MS);
  await server.shows(`connection 1: ${TOTAL_BYTES} bytes, hash ${sent.byteHash}`, { timeout: LONG_PATIENCE_MS });
  network.close();
});

test("a laptop that is closed and opened again goes on where it was", async ({ page, bridge, room, spawn, browser }) => {
  const { network, playground } = await behindNetwork(page, bridge, room);
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("one\n");
  await nc.shows("one\n");
  const pids = await rendererPids(browser);
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  try {
    // The page sleeps, and its network goes away and comes back behind its back.
    const { sessions } = await bridge.health();
    const arrived = network.passes(1);
    nc.write("two\n");
    await arrived;
    network.down();
    await expect.poll(async () => (await bridge.health()).detached).toBe(sessions);
    nc.write("three\n");
    network.up();
  } finally {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  }
  await nc.shows("one\ntwo\nthree\n");
  await server.is("running");
  network.close();
});

test("Stop while the network is away ends the program at once, and its sockets as soon as the page is back", async ({ page, bridge, room }) => {
  const { network, playground } = await behindNetwork(page, bridge, room);
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  network.down();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "reconnecting");
  await server.stop();
  await server.is("stopped");
  expect((await bridge.health()).listeners).toBe(1);
  network.up();
  // Long before the grace time is over.
  await bridge.isQuiet();
  await server.run();
  await server.shows("listening");
  network.close();
});

test.describe("with a grace time of 2 s", () => {
  test.use({ bridgeOptions: ["--grace", "2"] });

  test("scripts hear of the end when it is over, and the page comes back with the network", async ({ page, bridge, room }) => {
    const { network, playground } = await behindNetwork(page, bridge, room);
    const server = await playground.runServer(echoServer(8080));
    await server.shows("listening");
    const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "hello"));
    await client.shows("received hello");
    network.down();
    await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "reconnecting");
    await client.shows("disconnected");
    await server.shows("left ");
    await client.shows("The connection to the bridge was lost", { level: "notice" });
    await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "lost");
    await bridge.isQuiet();
    network.up();
    await playground.isReady();
    await server.run();
    await server.shows("listening");
    network.close();
  });
});
