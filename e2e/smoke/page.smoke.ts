import { echoServer } from "../support/luau.ts";
import { BreakableNetwork } from "../support/breakable-network.ts";
import { BridgeProcess } from "../support/bridge-process.ts";
import { LessonSite } from "../support/lesson-site.ts";
import { KEYS } from "./driver/tab.ts";
import { check, expect } from "./support/check.ts";
import { Playground, shareHash } from "./support/playground.ts";

/** Frames that are measured: a second's worth. */
const FRAMES = 60;
/** Lines that are sent while the network is cut. */
const LINES = 400;
/** Milliseconds between two letters of one who looks whether the list has come. */
const LETTER_PAUSE_MS = 700;
/** Milliseconds for which CodeMirror takes no answer after its list has come up, and some. */
const LIST_PAUSE_MS = 200;
/** Milliseconds after which a change is saved, three times over: nothing shows it. */
const SAVED_MS = 1_000;

check("the page opens, and says which browser it is in", async ({ playground, roomUrl }) => {
  await playground.open(roomUrl);
  await playground.tab.shows("zp-editor >> .cm-content", "zone.socket");
  console.log(`      ${await playground.tab.evaluate(() => navigator.userAgent)}`);
});

check("the starter project talks over TCP, a foreign client joins in, and Stop frees the sockets", async ({ playground, roomUrl, bridge, spawn }) => {
  await playground.open(roomUrl);
  await playground.tab.click("[data-testid=run-all]");
  await playground.program("server.luau").shows("Hello from client.luau!");
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("good morning\n");
  await nc.shows("You said: good morning");
  await playground.program("client.luau").shows("good morning");
  await playground.tab.click("[data-testid=stop-all]");
  await playground.program("server.luau").is("stopped");
  await bridge.isQuiet();
});

check("the network view has the exchange, an arrow's detail, and marks at the lines that have sent bytes", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  await playground.open(roomUrl);
  await tab.click("[data-testid=run-all]");
  await playground.program("client.luau").shows("You said: Hello from client.luau!");
  await tab.click("[data-testid=tab-network]");
  await tab.until("three arrows are there", () => deepAll("[role=option][data-kind=bytes]").length >= 3);
  await tab.click("[role=option][data-kind=bytes]");
  await tab.shows("[data-testid=explanation]", "carried by TCP");
  // As wide as two places for the detail, and narrow.
  await tab.resize(600, 800);
  await tab.resize(1280, 800);
  await tab.click("[data-testid=close-detail]");
  await tab.click("[data-testid=sent-mark]");
  await tab.shows("[data-testid=chip-place]", "server.luau:12");
});

check("keys write, a completion is taken, and a type error is marked", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  await playground.open(roomUrl);
  // Whoever types before the checker is there is not given its answers later.
  await tab.has("[data-testid=analysis-state]", "data-state", "ready");
  await playground.focusEditor();
  await tab.press(KEYS.control, "a");
  await tab.type("--!strict");
  await tab.press(KEYS.enter);
  await tab.type("local wonderful = 1");
  await tab.press(KEYS.enter);
  await tab.type("print(won");
  // One goes on writing until the list is there.
  for (const letter of "derf") {
    await tab.type(letter);
    await new Promise((resolve) => setTimeout(resolve, LETTER_PAUSE_MS));
    if (await tab.evaluate(() => deepAll(".cm-tooltip-autocomplete").length > 0)) break;
  }
  await tab.shows(".cm-tooltip-autocomplete", "wonderful");
  await new Promise((resolve) => setTimeout(resolve, LIST_PAUSE_MS));
  await tab.press(KEYS.enter);
  await tab.until("the completion is in the text", () => deepAll("zp-editor >> .cm-line").some((line) => line.textContent?.includes("print(wonderful")));
  await tab.press(KEYS.end);
  await tab.press(KEYS.enter);
  await tab.type("local word: string = wonderful ");
  await tab.shows("zp-editor >> .cm-lintRange-error", "wonderful");
});

check("an error stops a program and names its line", async ({ playground, roomUrl }) => {
  const program = await playground.runServer(roomUrl, 'print("before")\n\nerror("out of cheese")\n');
  await program.is("failed");
  await program.shows("out of cheese");
  await playground.tab.shows("[data-testid=failure]", "3");
});

check("mistakes are explained below the error, and in the code", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  const program = await playground.runServer(roomUrl, 'prnt("hello")\n');
  await program.shows("Did you mean `print`?");
  await tab.shows("zp-editor >> [data-testid=line-error]", "Did you mean `print`?");
  const unreadable = await playground.runServer(roomUrl, "local x = 1\nif x = 1 then\nend\n");
  await unreadable.shows("Two values are compared with `==`");
  await tab.shows("zp-editor >> [data-testid=line-error]", "Two values are compared with `==`");
  await tab.shows("zp-editor >> .cm-lintRange-error", "=");
});

check("a program that loops for ever is stopped, and the page lives", async ({ playground, roomUrl }) => {
  const program = await playground.runServer(roomUrl, 'print("looping")\ntask_is_missing = nil\nwhile true do end\n');
  // What the worker says before it loops comes at once in Firefox, and not at all in the others.
  await playground.tab.until("it has been started", () =>
    deepAll('zp-console[data-program="server.luau"] >> [data-testid=program-state]').some((state) =>
      /^(?:starting|running)$/.test(state.getAttribute("data-state") ?? ""),
    ),
  );
  await playground.tab.evaluate(() => document.title);
  await program.stop();
  await program.is("stopped");
});

check("a worker that dies is noticed", async ({ playground, roomUrl }) => {
  await playground.openWith(roomUrl, { "server.luau": echoServer(8080) });
  await playground.tab.evaluate(() => {
    const page = window as unknown as { workers: Worker[] };
    page.workers = [];
    // The worker is there before Run.
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      if ((message[0] as { readonly type?: unknown }).type === "start") page.workers.push(this);
      Reflect.apply(postMessage, this, message);
    };
  });
  const program = playground.program("server.luau");
  await program.run();
  await program.shows("listening");
  // Ended behind the back of the page's own code, as a browser does that is short of memory.
  await playground.tab.evaluate(() => (window as unknown as { workers: Worker[] }).workers.forEach((worker) => worker.terminate()));
  await program.is("failed");
  await program.shows("stopped unexpectedly");
});

check("a network that is cut loses nothing", async ({ playground, roomUrl, bridge, spawn }) => {
  const network = await BreakableNetwork.to(bridge.port);
  try {
    const url = new URL(roomUrl);
    url.port = String(network.port);
    const program = await playground.runServer(
      url.href,
      `
local server, peer, sent = zone.socket.server.new(), nil, 0
server:listen(8080, function(connection) peer = connection end)
print("listening")
function zone.update()
	zone.socket.update()
	if peer and sent < ${LINES} then
		for _ = 1, 4 do
			sent += 1
			peer:send(zone.byteStream.fromString(sent .. "\\n"))
		end
	end
end
`,
    );
    await program.shows("listening");
    const nc = spawn("nc", await playground.address(), 8080);
    await nc.shows("\n40\n");
    network.cut();
    await nc.shows(`\n${LINES}\n`, 20_000);
    expect(nc.output).toBe(Array.from({ length: LINES }, (_, at) => `${at + 1}\n`).join(""));
    await program.stop();
    await program.is("stopped");
  } finally {
    network.close();
  }
});

check("sixty frames take a second, and none takes no time", async ({ playground, roomUrl }) => {
  const program = await playground.runServer(
    roomUrl,
    `
local frames, shortest, sum = 0, 1, 0
function zone.update(dt)
	frames += 1
	-- The first ones stand at the end of loading.
	if frames <= 10 or frames > ${FRAMES + 10} then return end
	shortest, sum = math.min(shortest, dt), sum + dt
	if frames == ${FRAMES + 10} then print(string.format("shortest %.2f ms, all %.0f ms", shortest * 1000, sum * 1000)) end
end
`,
  );
  const line = await program.shows("shortest ");
  const [shortest, all] = [...line.matchAll(/([\d.]+) ms/g)].map((match) => Number(match[1])) as [number, number];
  expect(shortest, line).toBeGreaterThan(1);
  // As fast as the screen at most, that of the tests has 60 frames a second; slower where the machine is busy.
  expect(all, line).toBeGreaterThan(850);
});

check("a reload keeps the work", async ({ playground, roomUrl }) => {
  await playground.open(roomUrl);
  await playground.focusEditor();
  await playground.tab.type("-- kept over a reload");
  await playground.tab.until("the editor has it", () => deepAll("zp-editor >> .cm-line").some((line) => line.textContent?.includes("kept over a reload")));
  await new Promise((resolve) => setTimeout(resolve, SAVED_MS));
  await playground.tab.reload();
  await playground.isReady();
  expect(await playground.shownCode()).toContain("kept over a reload");
});

check("a link opens, and what is in it runs", async ({ playground, roomUrl }) => {
  const program = await playground.runServer(roomUrl, 'print("it came by a link")\n');
  await program.shows("it came by a link");
});

/** Runs in the page: whether a menu can be seen. */
function isMenuShown(): boolean {
  return deepAll("zp-menu-button >> [role=menu]").some((menu) => menu.getBoundingClientRect().height > 100);
}

/** Runs in the page: whether no part of any menu can be seen. */
function isMenuGone(): boolean {
  return deepAll("zp-menu-button >> [role=menu]").every((menu) => menu.getBoundingClientRect().height === 0);
}

check("the menu opens, is worked with keys and closes beside it", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  const button = "zp-menu-button[data-testid=menu] >> #button";
  await playground.open(roomUrl);
  const middle = await tab.middleOf(button);
  await tab.click(button);
  await tab.until("the menu is shown", isMenuShown);
  // Nothing lies over its items.
  await tab.middleOf("zp-menu-button[data-testid=menu] >> [role=menuitem]");
  await tab.press(KEYS.escape);
  await tab.until("Escape closes it", isMenuGone);
  await tab.click(button);
  await tab.until("it opens again", isMenuShown);
  await tab.drag({ x: 300, y: 300 });
  await tab.until("a press beside it closes it", isMenuGone);
  await tab.click(button);
  await tab.until("it opens a third time", isMenuShown);
  await tab.drag(middle);
  await tab.until("its button closes it", isMenuGone);
});

check("over plain HTTP a pupil joins by a link with its room, and comes back under the same name", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  const url = new URL(roomUrl);
  url.hostname = "classroom.test";
  const room = url.pathname.split("/")[2] ?? "";
  const project = { room, files: [{ name: "client.luau", source: "print(1)", program: true }] };
  url.pathname = "/room/elsewhere/";
  await tab.goto(url.href + shareHash(project));
  await tab.shows("[data-testid=wants-room]", room);
  // It has the focus: Enter is the first choice.
  await tab.press(KEYS.enter);
  await playground.isReady();
  expect(await tab.evaluate(() => location.pathname)).toBe(`/room/${room}/`);
  const name = async (): Promise<string> => {
    await tab.click("[data-testid=open-room]");
    return tab.until("the room's panel", () => (deepAll("[data-testid=machine-name]")[0] as HTMLInputElement | undefined)?.value);
  };
  expect(await name()).toMatch(/^pc-\d+$/);
  await tab.click("[data-testid=machine-name]");
  await tab.press(KEYS.control, "a");
  await tab.type("Маша И.");
  await tab.press(KEYS.enter);
  await tab.shows("[data-testid=use-proposal]", "Маша-И");
  await tab.click("[data-testid=use-proposal]");
  await tab.shows("[data-testid=room-machines]", "Маша-И");
  const address = await playground.address();
  await tab.reload();
  await playground.isReady();
  expect([await name(), await playground.address()]).toEqual(["Маша-И", address]);
});

check("over plain HTTP a button and the mouse copy", async ({ playground, roomUrl }) => {
  const { tab } = playground;
  const url = new URL(roomUrl);
  url.hostname = "classroom.test";
  const program = await playground.runServer(url.href, 'print("to be copied")\n');
  expect(await tab.evaluate(() => isSecureContext)).toBe(false);
  const address = await playground.address();

  await tab.click("[data-testid=address] >> button");
  await playground.focusEditor();
  await tab.press(KEYS.control, "a");
  await tab.press(KEYS.control, "v");
  await tab.until(
    "the address was copied",
    (address) =>
      deepAll("zp-editor >> .cm-line")
        .map((line) => line.textContent)
        .join("\n")
        .trim() === address,
    address,
  );

  await program.shows("to be copied");
  const { from, to } = await tab.until(
    "the terminal shows the line",
    (selector) => {
      const row = deepAll(`${selector} >> .xterm-rows > div`).find((row) => row.textContent?.includes("to be copied"));
      if (row === undefined) return undefined;
      const { left, top, height } = row.getBoundingClientRect();
      const y = Math.round(top + height / 2);
      return { from: { x: Math.round(left + 1), y }, to: { x: Math.round(left + 300), y } };
    },
    program.selector,
  );
  await tab.drag(from, to);
  await tab.press(KEYS.control, "c");
  await playground.focusEditor();
  await tab.press(KEYS.control, "a");
  await tab.press(KEYS.control, "v");
  await tab.until(
    "the line was copied",
    () =>
      deepAll("zp-editor >> .cm-line")
        .map((line) => line.textContent)
        .join("\n")
        .trim() === "to be copied",
  );
});

check("a part that could not be loaded comes with another try, and after a reload", async ({ playground, relay, roomUrl }) => {
  const { tab } = playground;
  const url = new URL(roomUrl);
  url.port = String(relay.port);
  relay.loses = /\/assets\/(?:dialogs|ru)-.*\.js$/;
  try {
    await playground.open(url.href);
    await tab.click("[data-testid=share]");
    await tab.shows("[data-testid=part-failed]");
    relay.loses = undefined;
    await tab.click("[data-testid=part-retry]");
    await tab.shows("zp-share-dialog >> [data-testid=share-close]");
    await tab.press(KEYS.escape);

    // Of another part, a reload.
    relay.loses = /\/assets\/ru-.*\.js$/;
    await tab.click("[data-testid=language]");
    await tab.shows("[data-testid=part-failed]");
    relay.loses = undefined;
    await tab.reload();
    await playground.isReady();
    // The choice was kept.
    await tab.shows("[data-testid=run-all]", "Запустить все");
    await tab.click("[data-testid=language]");
    await tab.shows("[data-testid=run-all]", "Run all");
  } finally {
    relay.loses = undefined;
  }
});

check("an element on a page of another origin runs", async ({ tab, pageOptions }) => {
  const site = await LessonSite.start();
  const bridge = await BridgeProcess.start(["--embed-origin", site.origin, ...pageOptions]);
  try {
    site.bridge = bridge.url.replace(/\/$/, "");
    site.pages.set(
      "/page.html",
      `<!doctype html><meta charset="utf-8"><html lang="en"><title>page</title><script type="module" src="${site.bridge}/embed/zone-playground.js"></script><body><zone-playground><script type="text/luau" data-name="main.luau">print("from an element")</script></zone-playground>`,
    );
    await tab.goto(`${site.origin}/page.html`);
    await tab.shows("zone-playground >> .cm-content", "from an element");
    await tab.click("zone-playground >> [data-testid=run]");
    await tab.shows("zone-playground >> [role=log]", "from an element");
  } finally {
    await bridge.program.end();
    await site.close();
  }
});

check("closing the tab frees its port", async ({ playground, roomUrl, bridge, spawn }) => {
  await playground.tab.inAnother(async (tab) => {
    const other = new Playground(tab);
    const program = await other.runServer(roomUrl, echoServer(8080));
    await program.shows("listening");
    const nc = spawn("nc", await other.address(), 8080);
    nc.write("hello\n");
    await nc.shows("hello");
  });
  await bridge.isQuiet(5_000);
});

check("reloading the page frees its port, and the program runs again", async ({ playground, roomUrl, bridge }) => {
  const program = await playground.runServer(roomUrl, echoServer(8080));
  await program.shows("listening");
  await playground.tab.reload();
  await bridge.isQuiet(5_000);
  await playground.isReady();
  await program.run();
  await program.shows("listening");
});
