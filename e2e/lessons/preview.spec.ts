import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

const COMMAND = fileURLToPath(new URL("../../packages/lesson-check/dist/main.js", import.meta.url));

test.use({ hasOwnContext: true });

test("a preview shows each change of the lesson at the reader's step, and what is wrong with file and line", async ({ page, spawn }) => {
  const folder = mkdtempSync(join(tmpdir(), "zone-preview-"));
  try {
    await spawn(process.execPath, COMMAND, "new", join(folder, "greeting")).ended;
    const preview = spawn(process.execPath, COMMAND, "preview", "--port", "0", join(folder, "greeting"));
    await preview.shows("It holds together.");
    const link = /^http:\S+#lesson=\S+/.exec(preview.output)?.[0] ?? "";
    const playground = new PlaygroundPage(page);
    await playground.open(link);
    await page.getByTestId("open-foreign").click();
    await page.getByTestId("next-step").click();
    const text = page.getByTestId("lesson-text");
    await expect(text).toHaveAttribute("data-step", "think");
    await playground.paste("server.luau", "-- mine");

    const file = join(folder, "greeting/lesson.en.md");
    const right = readFileSync(file, "utf8");
    writeFileSync(file, right.replace("Who speaks first here?", "Who begins?"));
    await expect(text).toContainText("Who begins?");
    await expect(text).toHaveAttribute("data-step", "think");
    await expect(page.locator("zp-editor .cm-content")).toContainText("-- mine");

    writeFileSync(file, right.replace("::step{#greet}", ""));
    await expect(page.getByTestId("preview-fault")).toContainText("lesson.en.md:5: a step has its id on the next line");
    await expect(text).toContainText("Who begins?");
    writeFileSync(file, right);
    await expect(page.getByTestId("preview-fault")).toBeHidden();
    await expect(text).toContainText("Who speaks first here?");
    // After a reload it is followed as before.
    await page.reload();
    await playground.isReady();
    await expect(text).toHaveAttribute("data-step", "think");
    writeFileSync(file, right.replace("Who speaks first here?", "Who starts?"));
    await expect(text).toContainText("Who starts?");
    // Ctrl+C
    preview.kill("SIGINT");
    expect(await preview.ended).toEqual({ status: 0, signal: null });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
