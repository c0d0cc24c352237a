import { pasteCode, withBuiltPage } from "../built-page.ts";
import { type Figure, median } from "../figure.ts";

/** Lines of the file that is typed into. */
const LINES = 5_000;
/** Keys that are pressed, and milliseconds between two: a quick typist. */
const KEYS = 120;
const PAUSE_MS = 60;
/** The longest task of the page's main thread that is let pass, in milliseconds. */
const LONGEST_TASK_MS = 50;

/** Types into the middle of a file of 5,000 lines in headless Chromium, and looks at the tasks of the page's main thread. */
export async function measureTyping(): Promise<Figure[]> {
  return withBuiltPage(async (page) => {
    await pasteCode(page, script());
    // The VM is loaded, and the first check of the long file is done, when its one fault is underlined.
    await page.locator("zp-editor .cm-lintRange-error").first().waitFor();
    await page.keyboard.press("PageUp");
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      // The browser tells of tasks from 50 ms on; shorter ones show as the delay of a message to oneself, and so
      // does time that the machine gave to other programs: on a busy one the figure says little.
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
      const { port1, port2 } = new MessageChannel();
      let last = performance.now();
      port1.addEventListener("message", () => {
        const now = performance.now();
        tasks.push(now - last);
        last = now;
        port2.postMessage(0);
      });
      port1.start();
      port2.postMessage(0);
    });
    const keys: number[] = [];
    for (let i = 0; i < KEYS; i++) {
      const from = performance.now();
      await page.keyboard.press(i % 12 === 11 ? "Enter" : "x");
      keys.push(performance.now() - from);
      await page.waitForTimeout(PAUSE_MS);
    }
    const longest = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks.reduce((most, task) => Math.max(most, task), 0));
    return [
      { what: `longest task of the main thread while typing into ${LINES} lines`, unit: "ms", ours: longest, target: `< ${LONGEST_TASK_MS} ms`, holds: longest < LONGEST_TASK_MS },
      { what: "a key, from the press to the answer of the page", unit: "ms", ours: median(keys) },
    ];
  });
}

/** One function of that file. */
function block(index: number): string {
  return `
--- Says how many there are. ${index}
local function count${index}(list: { [string]: number }, least: number?): number
	local total = 0
	for name, value in list do
		if value >= (least or 0) then total += value else print(\`{name} has {value}\`) end
	end
	return total
end`;
}

/** Luau as it is written, with one fault in its last line. */
function script(): string {
  const lines: string[] = [];
  for (let index = 0; lines.length < LINES - 1; index++) lines.push("do", ...block(index).split("\n"), "end");
  return `${lines.join("\n")}\nlocal = 1\n`;
}
