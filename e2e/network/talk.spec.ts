import { echoServer, greetingClient } from "../support/luau.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { expect, test } from "../support/test.ts";

test.use({ bridgeOptions: ["--allow", "host.zone.internal"] });

test.describe(() => {
  // What the bridge holds is counted.
  test.use({ hasOwnBridge: true });

  test("the starter project talks over TCP, and nc joins in", async ({ playground, spawn, bridge }) => {
    await playground.page.getByTestId("run-all").click();
    const server = playground.program("server.luau");
    const client = playground.program("client.luau");
    await server.shows("Hello from client.luau!");
    await client.shows("You said: Hello from client.luau!");

    const nc = spawn("nc", await playground.address(), 8080);
    await nc.shows("Hello, ");
    nc.write("good morning\n");
    await nc.shows("You said: good morning");
    await server.shows("good morning");
    await client.shows("good morning");

    // The server asks for a line: here it can be typed.
    await client.shows("Type a line and press Enter.");
    const field = client.panel.getByTestId("console-input");
    await field.fill("good evening");
    await field.press("Enter");
    await client.shows("You said: good evening");
    await nc.shows("good evening");

    await playground.page.getByTestId("stop-all").click();
    await server.is("stopped");
    await client.is("stopped");
    // nc stays for its input as well; that the server's end has come, too, lets it end.
    nc.endInput();
    await nc.ends();
    await bridge.isQuiet();
  });
});

test("a script server and nc talk both ways", async ({ playground, spawn }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("one\n");
  await nc.shows("one\n");
  nc.write("два\n");
  await nc.shows("one\nдва\n");
  await nc.end();
  await server.shows("left ");
});

test("a script client and nc -l talk both ways", async ({ playground, spawn }) => {
  const port = await freePort();
  const nc = spawn("nc", "-v", "-n", "-l", "127.0.0.1", port);
  await expect.poll(() => nc.errors).toContain("Listening");
  const client = await playground.runClient(greetingClient("host.zone.internal", port, "hello from Luau"));
  await nc.shows("hello from Luau\n");
  // The connection leaves from the page's own address, as from a machine of its own.
  await expect.poll(() => nc.errors).toContain(`received on ${await playground.address()} `);
  nc.write("hello from nc");
  await client.shows("received hello from nc");
  await nc.end();
  await client.shows("disconnected");
});

test("two scripts of one page talk", async ({ playground }) => {
  const server = await playground.runServer(echoServer(9000));
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 9000, "over the loop"));
  await client.shows("received over the loop");
  expect(await server.shows("joined ")).toBe(`joined ${await playground.address()}`);
});

test("scripts of two pages of one room talk, each with its own address", async ({ playground, openAnother }) => {
  const other = await openAnother();
  const [here, there] = [await playground.address(), await other.address()];
  expect(here).not.toBe(there);
  expect(here.replace(/\d+$/, "")).toBe(there.replace(/\d+$/, ""));

  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const client = await other.runClient(greetingClient(here, 8080, "from next door"));
  await client.shows("received from next door");
  await client.shows(`connected to ${here}`);
  await server.shows(`joined ${there}`);
  await client.stop();
  await server.shows(`left ${there}`);
});

test("two machines of a room can have the same port, and another room cannot reach in", async ({ playground, openAnother }) => {
  const neighbour = await openAnother();
  for (const machine of [playground, neighbour]) {
    const server = await machine.runServer(echoServer(8080));
    await server.shows("listening");
  }
  const client = await neighbour.runClient(greetingClient(await playground.address(), 8080, "same room"));
  await client.shows("received same room");

  const stranger = await openAnother(`e2e-stranger-${Date.now()}`);
  const refused = await stranger.runClient(greetingClient(await playground.address(), 8080, "let me in"));
  await refused.is("failed");
  await refused.shows("not in this room", { level: "error" });
});
