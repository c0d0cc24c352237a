import { isAccessibleInBothSchemes } from "../support/axe.ts";
import { lessonFile, LESSON_FILES } from "../support/foreign-host.ts";
import { followLink, openForeign, test } from "../support/foreign-test.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect } from "../support/test.ts";

test.use({ contextOptions: { reducedMotion: "reduce" }, hasOwnContext: true });

const FILE = "/course/say-it.lesson.json";

/** A lesson as its course names it. */
const entry = (id: string): object => ({ id, title: { en: id, ru: id }, minutes: 5, steps: ["say"] });

test("a lesson from elsewhere is asked for, opens in one request, and goes on without its host", async ({ page, bridge, room, host }) => {
  const address = host.put(FILE, lessonFile());
  const playground = new PlaygroundPage(page);
  await playground.open(`${bridge.roomUrl(room)}#lesson=${address}&step=more`);
  const dialog = page.getByTestId("foreign-lesson");
  await expect(dialog).toHaveAttribute("data-state", "asking");
  await expect(page.getByTestId("foreign-origin")).toContainText(`From another site: ${host.origin}`);
  await expect(dialog).toContainText("Nothing in it runs until you press Run or Check.");
  await expect(page.getByTestId("lesson-text")).toHaveCount(0);
  await isAccessibleInBothSchemes(page, "a lesson from elsewhere is asked for");
  expect(host.requests.map(({ url }) => url)).toEqual([FILE]);
  // Nothing says who asks, or from where.
  expect(host.requests[0]?.headers).not.toHaveProperty("cookie");
  expect(host.requests[0]?.headers).not.toHaveProperty("referer");

  await page.getByTestId("open-foreign").click();
  const text = page.getByTestId("lesson-text");
  await expect(text).toHaveAttribute("data-step", "more");
  await expect(page.getByTestId("lesson-origin")).toContainText(host.origin);
  await isAccessibleInBothSchemes(page, "a lesson from elsewhere");
  await playground.paste("main.luau", LESSON_FILES["solution/main.luau"] ?? "");
  await page.getByTestId("check").click();
  await expect(page.getByTestId("check-result")).toHaveAttribute("data-passed", "true");

  await host.close();
  await page.reload();
  await playground.isReady();
  await expect(text).toHaveAttribute("data-step", "more");
  await expect(page.getByTestId("lesson-origin")).toContainText(host.origin);
  await expect(page.locator("zp-lesson nav [data-step=say]")).toHaveAttribute("data-passed", "true");
  await expect(page.locator("zp-editor .cm-content")).toContainText('print("hello")');

  // A link to it says that the host is away, and opens what was kept.
  await page.keyboard.press("Alt+l");
  await page.locator("zp-lessons-dialog").getByRole("dialog").locator('[data-lesson="programs-that-talk/first-program"]').click();
  await expect(text).toHaveAttribute("data-step", "hello");
  await followLink(page, address, "say");
  await expect(page.getByTestId("foreign-fault")).toHaveAttribute("data-fault", "unreachable");
  await page.getByTestId("open-kept").click();
  await expect(text).toHaveAttribute("data-step", "say");
  await expect(page.locator("zp-editor .cm-content")).toContainText('print("hello")');
  expect(playground.faults).toEqual([]);
});

test("a newer file is fetched by the link or a button; work stays, and a step that is not there is told", async ({ playground, host }) => {
  const { page } = playground;
  const address = host.put(FILE, lessonFile());
  await openForeign(page, address);
  await playground.paste("main.luau", "-- mine");
  host.put(FILE, lessonFile({ "lesson.en.md": LESSON_FILES["lesson.en.md"]?.replace("Print", "Now print") ?? "" }));
  await page.getByTestId("fetch-lesson-again").click();
  await expect(page.getByTestId("lesson-text")).toContainText("Now print hello.");
  await expect(page.locator("zp-editor .cm-content")).toContainText("-- mine");
  await followLink(page, address, "gone");
  await expect(page.getByTestId("missing-step")).toContainText("“gone”, which this lesson does not have");
});

test("a course from elsewhere is a list, its lessons link to each other, and one consent is enough for a folder", async ({ playground, host }) => {
  const { page } = playground;
  const title = { en: "Course", ru: "Курс" };
  const course = { id: "course", title, summary: title, lessons: [entry("one"), entry("two")] };
  const address = host.put("/c/course.course.json", JSON.stringify({ type: "zone-playground-course", format: 1, course }));
  const link = { "lesson.en.md": LESSON_FILES["lesson.en.md"]?.replace("More.", "[on](lesson:two) [site](https://example.com/)") ?? "" };
  host.put("/c/one.lesson.json", lessonFile(link, { id: "one", course }));
  host.put("/c/two.lesson.json", lessonFile({}, { id: "two", course }));
  await followLink(page, address);
  await expect(page.getByTestId("foreign-lesson")).toHaveAttribute("data-state", "course");
  await isAccessibleInBothSchemes(page, "a course from elsewhere");
  await page.locator(`zp-foreign-lesson [data-lesson="${host.origin}/c/one.lesson.json"]`).click();
  await page.getByTestId("open-foreign").click();
  await expect(page.locator("zp-lesson .course")).toHaveText("Course");
  await page.getByTestId("next-step").click();
  await expect(page.locator("zp-lesson a .host")).toHaveText("example.com");
  await page.getByTestId("next-lesson").click();
  await expect(page.getByTestId("lesson-text")).toHaveAttribute("data-step", "say");
  await page.keyboard.press("Alt+l");
  await expect(page.locator(`zp-lessons-dialog [data-lesson="${host.origin}/c/two.lesson.json"]`)).toHaveAttribute("aria-current", "true");
});

for (const locale of ["en-US", "ru-RU"]) {
  test.describe(`what goes wrong, in ${locale}`, () => {
    test.use({ locale });

    test("is told with what to do", async ({ playground, host }) => {
      const { page } = playground;
      const fault = page.getByTestId("foreign-fault");
      const tell = async (address: string, kind: string, text: RegExp): Promise<void> => {
        await followLink(page, address);
        await expect(fault).toHaveAttribute("data-fault", kind);
        if (locale === "ru-RU") await expect(fault).toContainText(/[а-яё]{4}/i);
        else await expect(fault).toContainText(text);
        await page.getByTestId("cancel-foreign").click();
        await expect(fault).toBeHidden();
      };
      await tell(`${host.origin}/none.lesson.json`, "not-found", /There is no lesson at this address/);
      await tell(host.put("/shut", { headers: {}, body: lessonFile() }), "not-allowed", /Access-Control-Allow-Origin/);
      await tell(host.put("/503", { status: 503 }), "status", /error 503/);
      await tell(host.put("/page", "<!doctype html><p>hello"), "not-a-lesson", /not a lesson of the playground/);
      await tell(host.put("/later", lessonFile({}, { format: 2 })), "other-format", /another version/);
      await tell(host.put("/large", lessonFile({}, { x: "x".repeat(7_000_000) })), "too-large", /larger than 6\.3 MB/);
      await tell(host.put("/endless", { body: (response) => void pour(response) }), "too-large", /larger than/);
      await tell(host.put("/bad", lessonFile({ "lesson.en.md": "no title" })), "problems", /has mistakes/);
      await tell("ftp://example.com/x.lesson.json", "address", /begins with https:\/\//);
      await tell("https://bank.example@evil.example/x", "address", /a name in front/);
      await tell(`${host.origin}/${"x".repeat(300)}`, "address", /too long/);
      const moved = host.put("/moved", {
        status: 302,
        headers: { "access-control-allow-origin": "*", "location": host.origin.replace("localhost", "127.0.0.1") + "/there" },
      });
      host.put("/there", lessonFile());
      await tell(moved, "moved", /leads on to http:\/\/127\.0\.0\.1/);
      await tell("http://localhost:1/x.lesson.json", "unreachable", /does not answer/);
      await followLink(page, host.put("/bad", lessonFile({ "lesson.en.md": "no title" })));
      await expect(page.locator("zp-foreign-lesson .details")).toContainText("lesson.en.md:1: the text begins with its title");
      await isAccessibleInBothSchemes(page, "a lesson from elsewhere that cannot be read");
      // No project was made, and none was touched.
      await expect(page.locator("zp-lesson")).toHaveCount(0);
    });
  });
}

/** Sends until nobody takes it. */
async function pour(response: import("node:http").ServerResponse): Promise<void> {
  const piece = "x".repeat(100_000);
  while (!response.destroyed && response.writable) {
    response.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a lesson on its way can be left, and says how much has come", async ({ playground, host }) => {
  const { page } = playground;
  const file = lessonFile();
  const address = host.put(FILE, {
    headers: { "access-control-allow-origin": "*", "content-length": file.length * 2 },
    body: (response) => void response.write(file),
  });
  await followLink(page, address);
  await expect(page.getByTestId("foreign-lesson")).toContainText(/[\d.]+ ?k?B received/);
  await page.getByTestId("cancel-foreign").click();
  await expect(page.getByTestId("foreign-lesson")).toBeHidden();
  await playground.isAlive();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: "ru-RU" });

  test("where a lesson comes from is in sight, and nothing is wider than the screen", async ({ playground, host }) => {
    const { page } = playground;
    await openForeign(page, host.put(FILE, lessonFile()));
    await expect(page.getByTestId("lesson-origin")).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await isAccessibleInBothSchemes(page, "a lesson from elsewhere on a phone");
  });
});
