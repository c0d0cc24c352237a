import { COURSE } from "../support/course.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

// Nothing of the page may be in the cache.
test.use({ hasOwnContext: true });

/** Files of what shows lessons: several parts of the page share some of them. They are fetched at one time. */
const MAX_PART_FILES = 4;

test("a link to a lesson needs one request more than the page and what shows lessons, and asks for both with the page", async ({
  openContext,
  bridge,
  room,
}) => {
  const requestsOf = async (hash: string): Promise<{ readonly paths: ReadonlySet<string>; readonly early: ReadonlySet<string> }> => {
    const page = await (await openContext()).newPage();
    const paths: string[] = [];
    page.on("request", (request) => paths.push(new URL(request.url()).pathname));
    const playground = new PlaygroundPage(page);
    await playground.open(bridge.roomUrl(room) + hash);
    if (hash !== "") await expect(page.getByTestId("lesson-text")).toContainText("A server waits");
    await page.waitForLoadState("networkidle");
    // What the HTML itself has asked for, before any script of the page ran.
    const early = await page.evaluate(() =>
      [...document.head.querySelectorAll<HTMLLinkElement>("link[rel=preload]")].map(({ href }) => new URL(href).pathname),
    );
    expect(playground.faults).toEqual([]);
    // A file that is fetched again comes from the cache.
    return { paths: new Set(paths), early: new Set(early) };
  };
  const alone = await requestsOf("");
  const lesson = await requestsOf(`#lesson=${COURSE}/a-server-waits`);
  const more = [...lesson.paths].filter((path) => !alone.paths.has(path) && path.startsWith("/assets/"));
  const content = more.filter((path) => path.includes("a-server-waits"));
  expect(content, "the lesson").toHaveLength(1);
  const parts = more.filter((path) => !content.includes(path));
  expect(parts.length, `what shows lessons: ${parts.join(", ")}`).toBeLessThanOrEqual(MAX_PART_FILES);
  for (const path of more) expect([...lesson.early], "is asked for with the page").toContain(path);
  // Whoever opens no lesson fetches nothing of lessons.
  expect([...alone.paths].filter((path) => /lesson/.test(path))).toEqual([]);
});
