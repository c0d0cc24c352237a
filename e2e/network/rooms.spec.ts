import { BridgeProcess } from "../support/bridge-process.ts";
import { echoServer, greetingClient } from "../support/luau.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

test("the link leads to a new room, whose link leads a neighbour into it", async ({ page, bridge, openContext }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.url);
  expect(new URL(page.url()).pathname).toMatch(/^\/room\/[\w-]{4,}\/$/);
  await page.getByTestId("room-link").getByRole("button").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const neighbour = new PlaygroundPage(await (await openContext()).newPage());
  await neighbour.open(link);
  expect((await neighbour.address()).replace(/\d+$/, "")).toBe((await playground.address()).replace(/\d+$/, ""));
  expect(await neighbour.address()).not.toBe(await playground.address());
});

test("what the page loads comes from the bridge alone", async ({ page, bridge, room }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(bridge.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  await playground.page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("You said:");
  expect(foreign).toEqual([]);
});

test("with --network host a script listens on the machine's own address", async ({ page, room, spawn }) => {
  const bridge = await BridgeProcess.start(["--network", "host"]);
  try {
    const playground = new PlaygroundPage(page);
    await playground.open(bridge.roomUrl(room));
    const port = await freePort();
    const server = await playground.runServer(echoServer(port));
    await server.shows("listening");
    const nc = spawn("nc", "127.0.0.1", port);
    nc.write("on the host\n");
    await nc.shows("on the host");
    const client = await playground.runClient(greetingClient("127.0.0.1", port, "in the room"));
    await client.shows("received in the room");
  } finally {
    await bridge.program.end();
  }
});

test("bad options end the bridge with a word about each", async ({ spawn }) => {
  const { BRIDGE_PROGRAM } = await import("../support/paths.ts");
  const bad = spawn(process.execPath, BRIDGE_PROGRAM, "--port", "70000", "--network", "wan", "--allow", "host:port", "--colour");
  await bad.ends();
  expect(bad.ending).toEqual({ status: 2, signal: null });
  for (const word of ["70000", "wan", "host:port", "--colour"]) expect(bad.errors).toContain(word);
  expect(bad.errors).not.toMatch(/^\s+at /m);
  const help = spawn(process.execPath, BRIDGE_PROGRAM, "--help");
  expect(await help.ends()).toContain("--allow");
});
