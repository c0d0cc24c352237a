import { BridgeProcess } from "../support/bridge-process.ts";
import { echoServer, greetingClient } from "../support/luau.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** The list of machines in the open panel, each with its name and what it listens on. */
function machines(playground: PlaygroundPage) {
  return playground.page.getByTestId("room-machines").getByRole("listitem");
}

async function openRoom(playground: PlaygroundPage): Promise<void> {
  await playground.page.getByTestId("open-room").click();
  await expect(playground.page.getByTestId("room-machines")).toBeVisible();
}

async function rename(playground: PlaygroundPage, name: string): Promise<void> {
  await playground.page.getByTestId("machine-name").fill(name);
  await playground.page.getByTestId("rename-machine").click();
}

test("a page sees who comes, what they listen on, and that they leave", async ({ playground, openAnother }) => {
  await expect(playground.page.getByTestId("machine-count")).toHaveText("1");
  await openRoom(playground);
  await expect(machines(playground)).toHaveCount(1);
  await expect(playground.page.getByTestId("room-alone")).toBeVisible();
  const neighbour = await openAnother();
  await expect(machines(playground)).toHaveCount(2);
  await expect(playground.page.getByTestId("room-alone")).toHaveCount(0);
  const entry = machines(playground).nth(1);
  await expect(entry).toContainText(await neighbour.address());
  const server = await neighbour.runServer(echoServer(8080));
  await server.shows("listening");
  await expect(entry.getByTestId("ports")).toContainText("8080");
  const own = await neighbour.runClient(
    'local server = zone.socket.server.new()\nserver:listen(8081, "127.0.0.1", function() end)\nprint("listening")\nfunction zone.update() zone.socket.update() end',
  );
  await own.shows("listening");
  await openRoom(neighbour);
  await expect(machines(neighbour).first().getByTestId("ports")).toContainText("8081");
  await expect(entry.getByTestId("ports")).not.toContainText("8081");
  await neighbour.page.keyboard.press("Escape");
  await server.stop();
  await expect(entry.getByTestId("ports")).not.toContainText("8080");
  await neighbour.page.close();
  await expect(machines(playground)).toHaveCount(1);
  await expect(playground.page.getByTestId("room-count")).toContainText("1");
});

test("a chosen name leads scripts of the room to the machine, survives a reload, and is told when it is taken", async ({ playground, openAnother }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  await openRoom(playground);
  await rename(playground, "Teacher");
  await expect(machines(playground).first()).toContainText("Teacher");
  await playground.page.keyboard.press("Escape");

  const neighbour = await openAnother();
  const client = await neighbour.runClient(greetingClient("teacher", 8080, "by name"));
  await client.shows("received by name");
  await client.shows(`connected to ${await playground.address()}`);

  await openRoom(neighbour);
  await rename(neighbour, "teacher");
  await expect(neighbour.page.getByTestId("name-fault")).toContainText("teacher-2");
  await neighbour.page.getByTestId("use-proposal").click();
  await expect(machines(neighbour).first()).toContainText("teacher-2");
  await expect(neighbour.page.getByTestId("name-fault")).toBeEmpty();
  // Latin "t" in a Cyrillic word.
  await rename(neighbour, "учиtель");
  await expect(neighbour.page.getByTestId("name-fault")).toContainText("letters of one alphabet");
  await rename(neighbour, "localhost");
  await expect(neighbour.page.getByTestId("name-fault")).not.toBeEmpty();

  await neighbour.page.reload();
  await neighbour.isReady();
  await openRoom(neighbour);
  await expect(machines(neighbour).first()).toContainText("teacher-2");
});

test("a name may be in any alphabet, and scripts connect to it in any case", async ({ playground, openAnother }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  await openRoom(playground);
  // As people write it: a space is a hyphen.
  await rename(playground, " Маша Иванова ");
  await expect(machines(playground).first()).toContainText("Маша-Иванова");
  await expect(playground.page.getByTestId("machine-name")).toHaveValue("Маша-Иванова");
  await expect(playground.page.locator("#name-note")).toContainText('client:listen("Маша-Иванова", …)');
  const neighbour = await openAnother();
  const client = await neighbour.runClient(greetingClient("маша-иванова", 8080, "by name"));
  await client.shows("received by name");
});

test("a name that nobody has is an error that scripts can catch, and is told with the room and who is in it", async ({ playground, openAnother, room }) => {
  const source = 'local client = zone.socket.client.new()\nprint(pcall(function() client:listen("pc-200", 8080, print) end))';
  const client = await playground.runClient(source);
  await client.shows(`No machine in the room "${room}" is called "pc-200".`);
  await client.shows(`You are alone in the room ${room}.`, { level: "notice" });
  const neighbour = await openAnother();
  await openRoom(neighbour);
  await rename(neighbour, "Петя");
  await expect(machines(neighbour).first()).toContainText("Петя");
  await expect(playground.page.getByTestId("machine-count")).toHaveText("2");
  const again = await playground.runClient(source);
  await again.shows('There are "Петя" and "pc-1", this machine.');
  await again.shows(`You are in the room ${room}. Others there: Петя.`, { level: "notice" });
});

test("who closes the tab comes back as the same machine under the same name; a second tab is another", async ({ playground, context, bridge, room }) => {
  await openRoom(playground);
  await rename(playground, "Маша");
  await expect(machines(playground).first()).toContainText("Маша");
  const address = await playground.address();
  const second = new PlaygroundPage(await context.newPage());
  await second.open(bridge.roomUrl(room));
  expect(await second.address()).not.toBe(address);
  await playground.page.close();
  // A third tab, after the first was closed, is the first again; so it is after a reload.
  const third = new PlaygroundPage(await context.newPage());
  for (const open of [() => third.open(bridge.roomUrl(room)), () => third.open(bridge.roomUrl(room))]) {
    await open();
    expect(await third.address()).toBe(address);
    await openRoom(third);
    await expect(machines(third).first()).toContainText("Маша");
  }
  // A duplicated tab is none of both, and bears no name of theirs.
  const opened = context.waitForEvent("page");
  await third.page.evaluate(() => void window.open(location.href));
  const copy = new PlaygroundPage(await opened);
  await copy.isReady();
  expect([address, await second.address()]).not.toContain(await copy.address());
  await openRoom(copy);
  await expect(machines(copy).first()).toContainText(/pc-\d+/);
  await expect(copy.page.getByTestId("name-fault")).toBeEmpty();
  for (const { page } of [second, third, copy]) await page.close();
});

test("where pages share addresses, they are told apart by name, and the page says that ports are shared", async ({ page, context, room }) => {
  const bridge = await BridgeProcess.start(["--network", "host"]);
  try {
    const first = new PlaygroundPage(page);
    await first.open(bridge.roomUrl(room));
    await expect(page.getByTestId("machine")).toHaveText("pc-1");
    expect(await first.address()).toBe("127.0.0.1");
    const second = new PlaygroundPage(await context.newPage());
    await second.open(bridge.roomUrl(room));
    await expect(second.page.getByTestId("machine")).toHaveText("pc-2");
    await openRoom(second);
    await expect(second.page.getByTestId("shared-ports")).toContainText("share 127.0.0.1 and its ports");
    await expect(machines(second)).toHaveCount(2);
    await rename(second, "Маша");
    await expect(second.page.getByTestId("machine")).toHaveText("Маша");
    await second.page.close();
  } finally {
    await bridge.program.end();
  }
});

test("the panel warns where the page's address is nobody else's", async ({ playground }) => {
  await openRoom(playground);
  await expect(playground.page.getByTestId("room-loopback")).toContainText("127.0.0.1 means each reader's own computer");
  await expect(playground.page.getByTestId("room-loopback")).toContainText("--host 0.0.0.0");
  await expect(playground.page.getByTestId("shared-ports")).toHaveCount(0);
});

test("a page at localhost gives out links that others can open, where the bridge has such addresses", async ({ page, context, room }, testInfo) => {
  const bridge = await BridgeProcess.start(["--host", "0.0.0.0", "--data", testInfo.outputPath("data")]);
  try {
    const [link = ""] = ((await (await page.request.get(`${bridge.url}healthz`)).json()) as { links: string[] }).links;
    expect(link).toMatch(/^http:\/\/(?!127\.)/);
    const playground = new PlaygroundPage(page);
    await playground.open(`http://localhost:${bridge.port}/room/${room}/`);
    await openRoom(playground);
    await expect(page.getByTestId("room-for-others")).toContainText("localhost means each reader's own computer");
    await expect(page.getByTestId("room-loopback")).toHaveCount(0);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByTestId("room-panel-link").first().getByRole("button").click();
    expect(await copied()).toBe(`${link}room/${room}/`);
    await page.keyboard.press("Escape");
    await page.getByTestId("room-link").getByRole("button").click();
    expect(await copied()).toBe(`${link}room/${room}/`);
    await page.getByTestId("share").click();
    await expect(page.getByTestId("loopback-known")).toBeVisible();
    await expect(page.getByTestId("long-link")).toHaveValue(new RegExp(`^${link}#share=`));
    await page.getByTestId("make-short").click();
    await expect(page.getByTestId("short-link")).toHaveValue(new RegExp(`^${link}s/`));
    const [, next = ""] = await page
      .getByTestId("link-origin")
      .locator("option")
      .allTextContents()
      .catch(() => []);
    if (next !== "") {
      await page.getByTestId("link-origin").selectOption(next);
      await expect(page.getByTestId("short-link")).toHaveValue(new RegExp(`^${next}/s/`));
    }
  } finally {
    await bridge.program.end();
  }
});

test("a name that machines cannot have is answered with one that they can", async ({ playground }) => {
  await openRoom(playground);
  await rename(playground, "Аня 🦊");
  await expect(playground.page.getByTestId("use-proposal")).toHaveText("Use the name Аня");
  await playground.page.getByTestId("use-proposal").click();
  await expect(machines(playground).first()).toContainText("Аня");
  await expect(playground.page.getByTestId("machine-name")).toHaveValue("Аня");
  // Nothing to propose.
  for (const name of ["localhost", "🦊"]) {
    await rename(playground, name);
    await expect(playground.page.getByTestId("name-fault")).not.toBeEmpty();
    await expect(playground.page.getByTestId("use-proposal")).toHaveCount(0);
  }
});

test("a room with a password lets in who knows it, and programs of the page with it", async ({ playground, openAnother, openContext, bridge, room }) => {
  await openRoom(playground);
  await playground.page.getByTestId("new-password").fill("abc");
  await playground.page.getByTestId("set-password").click();
  await expect(playground.page.getByTestId("password-fault")).toContainText("4");
  await playground.page.getByTestId("new-password").fill("открой");
  await playground.page.getByTestId("set-password").click();
  await expect(playground.page.getByTestId("remove-password")).toBeVisible();
  const server = playground;
  await playground.page.keyboard.press("Escape");
  const echo = await server.runServer(echoServer(8080));
  await echo.shows("listening");

  const page = await (await openContext()).newPage();
  const urls: string[] = [];
  page.on("websocket", (socket) => urls.push(socket.url()));
  page.on("request", (request) => urls.push(request.url()));
  await page.goto(bridge.roomUrl(room));
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "locked");
  const field = page.getByTestId("password");
  await expect(field).toBeFocused();
  await field.fill("сезам");
  await field.press("Enter");
  await expect(page.getByTestId("password-error")).not.toBeEmpty();
  // Put away, it can be brought back.
  await page.keyboard.press("Escape");
  await page.getByTestId("ask-password").click();
  await field.fill("открой");
  await page.getByTestId("enter-room").click();
  await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected");
  await expect(field).toBeHidden();
  const guest = new PlaygroundPage(page);
  await guest.isReady();
  const client = await guest.runClient(greetingClient("pc-1", 8080, "let in"));
  await client.shows("received let in");
  // The tab remembers it.
  await page.reload();
  await guest.isReady();
  expect(urls.length).toBeGreaterThan(0);
  expect(urls.map((url) => decodeURIComponent(url)).join("\n")).not.toMatch(/открой|сезам/);
  expect(bridge.program.output + bridge.program.errors).not.toMatch(/открой|сезам/);

  await openRoom(playground);
  await playground.page.getByTestId("remove-password").click();
  await expect(playground.page.getByTestId("remove-password")).toHaveCount(0);
  await openAnother();
});

test.describe("a password of the operator's", () => {
  test.use({ bridgeOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

  test("is asked of the first page too, and no page can change it", async ({ page, bridge, lockedRoom }) => {
    await page.goto(bridge.roomUrl(lockedRoom.name));
    await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "locked");
    await page.getByTestId("password").fill(lockedRoom.password);
    await page.getByTestId("enter-room").click();
    await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected");
    await page.getByTestId("open-room").click();
    await expect(page.getByTestId("password-state")).toContainText("has a password");
    await expect(page.getByTestId("set-password")).toHaveCount(0);
    await expect(page.getByTestId("remove-password")).toHaveCount(0);
    expect(bridge.program.output + bridge.program.errors).not.toContain(lockedRoom.password);
  });
});

test("a program in a locked page says that the password is needed", async ({ playground, openContext, bridge, room }) => {
  await openRoom(playground);
  await playground.page.getByTestId("new-password").fill("secret");
  await playground.page.getByTestId("set-password").click();
  await expect(playground.page.getByTestId("remove-password")).toBeVisible();
  const page = await (await openContext()).newPage();
  await page.goto(bridge.roomUrl(room));
  await expect(page.getByTestId("password")).toBeVisible();
  await page.keyboard.press("Escape");
  const program = new PlaygroundPage(page).program("client.luau");
  await program.run();
  await program.shows("password", { level: "notice" });
});
