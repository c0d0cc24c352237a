import { failsAt, filesIn, type LessonLanguage, LESSONS, mistakesOf, stepsOf } from "../support/course.ts";
import { check, checkResult, openLesson } from "../support/lesson-actions.ts";
import { expect, test } from "../support/test.ts";

/** Milliseconds for one lesson: some twelve checks, and one that moves megabytes takes seconds. */
const LESSON_TIMEOUT_MS = 360_000;

/** What a text in this language looks like; a name in it may be of the other one. */
const WRITTEN: Readonly<Record<LessonLanguage, RegExp>> = { en: /^[^а-яё]{10}/i, ru: /[а-яё]{3} [а-яё]/i };

for (const lesson of LESSONS) {
  test(`${lesson}: the start fails where it should, the solution passes, each mistake gets its hint, in both languages`, async ({ playground }) => {
    test.setTimeout(LESSON_TIMEOUT_MS);
    const { page } = playground;
    const message = page.getByTestId("check-message");
    const failed = checkResult(page).locator('li[data-state="failed"]');
    let language: LessonLanguage = "en";

    /** Looks at the page in the language that it has, and then in the other one, which it keeps. */
    const inBothLanguages = async (look: (language: LessonLanguage) => Promise<void>): Promise<void> => {
      await look(language);
      language = language === "en" ? "ru" : "en";
      await page.getByTestId("language").click();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await look(language);
    };

    const pasted = new Map<string, string>();
    const put = async (...layers: readonly ReadonlyMap<string, string>[]): Promise<void> => {
      for (const [name, source] of new Map(layers.flatMap((layer) => [...layer]))) {
        if (pasted.get(name) === source) continue;
        pasted.set(name, source);
        await playground.paste(name, source);
      }
    };

    const last = stepsOf(lesson).at(-1)?.id ?? "";
    await openLesson(playground, lesson, last);
    await check(page);
    await expect(checkResult(page)).toHaveAttribute("data-passed", "false");
    await expect(failed).toHaveAttribute("data-step", failsAt(lesson));
    await inBothLanguages(async (now) => {
      await expect(message).toHaveText(WRITTEN[now]);
      await expect(page.getByTestId("lesson-text").getByRole("heading", { name: stepsOf(lesson, now).at(-1)?.title ?? "" })).toBeVisible();
    });

    const solution = filesIn(lesson, "solution");
    await put(solution);
    await check(page);
    await expect(checkResult(page)).toHaveAttribute("data-passed", "true");
    await expect(checkResult(page).locator("li:not([data-state=passed])")).toHaveCount(0);

    for (const { name, step, hint } of mistakesOf(lesson)) {
      await test.step(name, async () => {
        await openLesson(playground, lesson, step);
        await put(solution, filesIn(lesson, `mistakes/${name}`));
        await check(page);
        await expect(failed).toHaveAttribute("data-step", step);
        const shown = page.getByTestId("mistake-hint");
        await expect(shown).toHaveAttribute("data-mistake", name);
        await inBothLanguages(async (now) => {
          await expect(message).toHaveText(WRITTEN[now]);
          await expect(shown).toContainText(hint[now]);
        });
      });
    }
    expect(playground.faults).toEqual([]);
  });
}
