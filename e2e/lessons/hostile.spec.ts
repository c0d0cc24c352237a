import type { Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { lessonFile, LESSON_FILES, withBody } from "../support/foreign-host.ts";
import { followLink, openForeign, test } from "../support/foreign-test.ts";
import { expect } from "../support/test.ts";

test.use({ hasOwnContext: true });

const FILE = "/hostile.lesson.json";

/** Milliseconds in which a page that is not held up draws a frame, on a busy machine. */
const FRAME_LIMIT_MS = 2_000;

/** The longest time between two frames of a page while something goes on, milliseconds. */
async function longestFrame(page: Page, during: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const seen = { last: performance.now(), longest: 0, isOver: false };
    (globalThis as { seenFrames?: typeof seen }).seenFrames = seen;
    const look = (): void => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
      if (!seen.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await during();
  return page.evaluate(() => {
    const seen = (globalThis as unknown as { seenFrames: { longest: number; isOver: boolean } }).seenFrames;
    seen.isOver = true;
    return seen.longest;
  });
}

/** The head of a PNG that says it is so large. */
function pngHead(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString("base64");
}

const PICTURE = withBody("![words](pictures/x.png)");

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ["a script", lessonFile(withBody("<script>alert(1)</script>")), /HTML is not shown in lessons/],
  ["a handler", lessonFile(withBody("a <img src=x onerror=alert(1)> b")), /HTML is not shown in lessons/],
  ["a script behind a link", lessonFile(withBody("[a](javascript:alert(1))")), /scheme javascript:/],
  ["data behind a link", lessonFile(withBody("[a](data:text/html,x)")), /scheme data:/],
  ["a host that is a name", lessonFile(withBody("[a](https://bank.example@evil.example/)")), /has a name in front of its host/],
  ["a picture from elsewhere", lessonFile(withBody("![a](https://evil.example/spy.png)")), /has to be one of the lesson's own/],
  ["a picture bomb", lessonFile(PICTURE, { pictures: { "pictures/x.png": pngHead(65_000, 65_000) } }), /65000 by 65000 pixels/],
  ["a picture that is a script", lessonFile(PICTURE, { pictures: { "pictures/x.png": btoa("<svg onload=alert(1)>") } }), /is not a PNG or WebP/],
  [
    "a thousand lists in lists",
    lessonFile(withBody(Array.from({ length: 60 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n"))),
    /nested more than 8 deep/,
  ],
  ["quotes without end", lessonFile(withBody(`${">".repeat(1_900)} x`)), /begins with 1900 marks/],
  ["a line without end", lessonFile(withBody("x".repeat(60_000))), /may have at most 2000; break it/],
  ["a text that turns around", lessonFile(withBody("a \u202egnp.exe")), /turn the reading order/],
  ["a title of marks", lessonFile({ "lesson.en.md": `# Z${"\u0335".repeat(60)}\n\n## S\n::step{#say}\n\nx\n` }), /too many marks on one letter/],
  ["an id of the language", lessonFile({}, { id: "__proto__" }), /the name of the lesson's folder has other characters/],
  ["a file with a path", lessonFile({ "../../../programs-that-talk/bytes/check.luau": "" }), /cannot be the name of a file/],
  ["files of a wrong type", lessonFile({}, { files: { __proto__: null, length: 9e9 } }), /"files" is an object of at most 200 texts/],
];

test("what a stranger may not write is refused with its place, and the page goes on", async ({ playground, host }) => {
  const { page } = playground;
  const spoken: string[] = [];
  page.on("dialog", (dialog) => {
    spoken.push(dialog.message());
    void dialog.dismiss();
  });
  const longest = await longestFrame(page, async () => {
    for (const [index, [what, file, problem]] of REFUSED.entries()) {
      await followLink(page, host.put(`/${index}.lesson.json`, file));
      await expect(page.locator("zp-foreign-lesson .details"), what).toContainText(problem);
      await page.getByTestId("cancel-foreign").click();
      await expect(page.getByTestId("foreign-lesson"), what).toBeHidden();
    }
  });
  expect(longest).toBeLessThan(FRAME_LIMIT_MS);
  expect(spoken).toEqual([]);
  expect(host.requests.filter(({ url }) => !/^\/\d+\.lesson\.json$/.test(url ?? ""))).toEqual([]);
  await expect(page.locator("zp-lesson")).toHaveCount(0);
  await playground.isAlive();
  expect(playground.faults).toEqual([]);
});

test("a text made to be slow is read beside the page, which draws on", async ({ playground, host }) => {
  const { page } = playground;
  const slow = `${"[a](".repeat(450)}\n\n`.repeat(34);
  const longest = await longestFrame(page, async () => {
    await followLink(page, host.put(FILE, lessonFile(withBody(slow))));
    await expect(page.getByTestId("foreign-lesson")).toHaveAttribute("data-state", /asking|fault/, { timeout: LONG_PATIENCE_MS });
  });
  expect(longest).toBeLessThan(FRAME_LIMIT_MS);
});

test("a link dressed as another says where it leads, and code in a text stays text", async ({ playground, host }) => {
  const { page } = playground;
  await openForeign(page, host.put(FILE, lessonFile(withBody("[https://bank.example](https://evil.example/x) and `<img src=x onerror=alert(1)>`"))));
  const link = page.locator("zp-lesson .text a");
  await expect(link).toHaveText("https://bank.example evil.example");
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(page.getByTestId("lesson-text").locator("code").first()).toHaveText("<img src=x onerror=alert(1)>");
  await expect(page.getByTestId("lesson-text").locator("img")).toHaveCount(0);
});

test("a lesson that calls itself one of the page's own takes neither its work nor its progress, nor any other project's", async ({ playground, host }) => {
  const { page } = playground;
  await followLink(page, "programs-that-talk/first-program");
  await expect(page.getByTestId("lesson-text")).toHaveAttribute("data-step", "hello");
  await playground.paste("main.luau", "-- mine");
  const title = { en: "Programs that talk", ru: "Программы, которые разговаривают" };
  const course = { id: "programs-that-talk", title, summary: title, lessons: [{ id: "first-program", title, minutes: 5, steps: ["say"] }] };
  await openForeign(page, host.put("/first-program.lesson.json", lessonFile({}, { id: "first-program", course })));
  await playground.paste("main.luau", "-- theirs");
  await page.getByTestId("all-lessons").click();
  const list = page.locator("zp-lessons-dialog").getByRole("dialog");
  // A course that calls itself like one of the page's own is told from it.
  await expect(list.locator(".course").first()).toContainText(host.origin);
  await expect(list.locator(".course").last()).not.toContainText("http");
  await list.locator('[data-lesson="programs-that-talk/first-program"]').click();
  await expect(page.getByTestId("lesson-text")).toHaveAttribute("data-step", "hello");
  await expect(page.getByTestId("lesson-origin")).toHaveCount(0);
  await expect(page.locator("zp-editor .cm-content")).toContainText("-- mine");
});

test("a shared project that names a lesson elsewhere fetches nothing before the reader wants it", async ({ playground, host }) => {
  const { page } = playground;
  const address = host.put(FILE, lessonFile());
  await openForeign(page, address);
  const asked = host.requests.length;
  // Another browser, which was given the project and has never seen the lesson.
  await page.evaluate(() => new Promise((resolve) => void (indexedDB.deleteDatabase("zone-playground-lessons").onsuccess = resolve)));
  await page.reload();
  await playground.isReady();
  await expect(page.getByTestId("lesson-not-here")).toContainText(host.origin);
  expect(host.requests).toHaveLength(asked);
  await page.getByTestId("fetch-lesson").click();
  await page.getByTestId("open-foreign").click();
  await expect(page.getByTestId("lesson-text")).toHaveAttribute("data-step", "say");
});

/** A lesson whose only step is judged by this. */
const judgedBy = (body: string): string => lessonFile({ "check.luau": `local check = zone.check\n${body}` });
const step = (body: string): string => judgedBy(`check.step("say", function()\n${body}\nend)`);

const CHECKS: readonly (readonly [string, string, RegExp])[] = [
  ["raises while it loads", judgedBy(`error("oh no")`), /check\.luau:2: oh no/],
  ["does not compile", judgedBy("check.step("), /check\.luau:\d+/],
  ["loops while it loads", judgedBy("while true do end"), /time|budget|ran for/],
  ["floods its prints", step(`while true do print(string.rep("x", 10000)) end`), /time|budget|ran for/],
  ["takes all memory", step(`local t = {} while true do t[#t + 1] = string.rep("x", 1000000) .. #t end`), /not enough memory|time|budget|ran for/],
  ["listens on many ports", step(`for port = 9000, 9300 do check.listen(port) end`), /listens on 64 ports/],
  [
    "floods with connections",
    lessonFile({
      "files/main.luau": "zone.socket.server.new():listen(8080, function() end)\nfunction zone.update() zone.socket.update() end\n",
      "check.luau": `local check = zone.check
check.step("say", function()
	check.start()
	check.expectListening(8080)
	for i = 1, 300 do check.connect(8080) end
end)`,
    }),
    /at most 100 connections/,
  ],
];

test("checks that go wrong are told as that, while the page draws on and another page of the room is not hurt", async ({ playground, openAnother, host }) => {
  test.setTimeout(LONG_PATIENCE_MS * 3);
  const { page } = playground;
  const other = await openAnother();
  const neighbour = await other.runServer(`print("there")\nfunction zone.update() zone.socket.update() end`);
  await neighbour.shows("there");
  for (const [index, [what, file, error]] of CHECKS.entries()) {
    await followLink(page, host.put(`/${index}.lesson.json`, file));
    if (index === 0) await page.getByTestId("open-foreign").click();
    await expect(page.locator("zp-lesson-origin .origin span"), what).toHaveAttribute("title", new RegExp(`/${index}\\.lesson`));
    const longest = await longestFrame(page, async () => {
      await page.getByTestId("check").click();
      await expect(page.getByTestId("check-result"), what).toHaveAttribute("data-state", "done", { timeout: LONG_PATIENCE_MS });
    });
    expect(longest, what).toBeLessThan(FRAME_LIMIT_MS);
    await expect(page.locator('[data-testid=check-result] li[data-state="check-at-fault"]'), what).toHaveCount(1);
    await expect(page.getByTestId("check-result"), what).toContainText("This is not your mistake");
    await expect(page.getByTestId("check-result"), what).toContainText(error);
    if (index === 0) await isAccessibleInBothSchemes(page, "a check that is at fault");
  }
  await neighbour.is("running");
  await other.isAlive();
  expect(playground.faults).toEqual([]);
});

test("a check that never ends is stopped by its button, and by leaving the lesson", async ({ playground, host }) => {
  const { page } = playground;
  await openForeign(page, host.put(FILE, step("while true do check.wait(0.01) end")));
  await page.getByTestId("check").click();
  await page.getByTestId("stop-check").click();
  await expect(page.getByTestId("check-result")).toHaveAttribute("data-state", "stopped");
  await page.getByTestId("check").click();
  await expect(page.getByTestId("stop-check")).toBeVisible();
  await followLink(page, host.put("/good.lesson.json", lessonFile()));
  await expect(page.getByTestId("stop-check")).toBeHidden();
  await playground.paste("main.luau", LESSON_FILES["solution/main.luau"] ?? "");
  await page.getByTestId("check").click();
  await expect(page.getByTestId("check-result")).toHaveAttribute("data-passed", "true");
});
