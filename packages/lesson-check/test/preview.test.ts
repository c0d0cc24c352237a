import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLessonFile } from "@playground/lessons";
import { beforeAll, expect, it } from "vitest";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import { makeLesson } from "../src/author/make-lesson.ts";
import { runCommand } from "../src/run-command.ts";

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "zone-preview-"));
  return () => rmSync(parent, { recursive: true, force: true });
});

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}

it("serves a lesson, tells of changes and mistakes with their line, and ends when it is stopped", { timeout: PATIENCE_MS * 4 }, async () => {
  makeLesson("greeting", parent);
  let text = "";
  let stop!: () => void;
  const whenStopped = (): Promise<void> => new Promise((resolve) => (stop = resolve));
  const write = (more: string): void => void (text += more);
  const status = runCommand(["preview", "--port", "0", "greeting"], parent, { out: write, errors: write, whenStopped });
  await until(() => text.includes("It holds together."));
  const address = /#lesson=(http:\/\/127\.0\.0\.1:\d+\/greeting\.lesson\.json)\n/.exec(text)?.[1] ?? "";
  const origin = new URL(/^http:\S+/.exec(text)?.[0] ?? "").origin;

  const answer = await fetch(address);
  // Pages of this preview, and of no other site.
  expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  expect(readLessonFile(await answer.text())).toMatchObject({ kind: "lesson", isPreview: true, lesson: { id: "greeting" } });
  expect((await fetch(`${address}x`)).status).toBe(404);
  expect((await fetch(address, { method: "POST" })).status).toBe(405);

  const changes = (await fetch(`${address}.changes`)).body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await changes.read()).value).toBe(":\n\n");
  const file = join(parent, "greeting/lesson.en.md");
  const right = readFileSync(file, "utf8");
  writeFileSync(file, right.replace("::step{#greet}", ""));
  expect((await changes.read()).value).toBe("data: changed\n\n");
  expect(text).toContain("greeting/lesson.en.md:5: a step has its id on the next line");
  const broken = await (await fetch(address)).text();
  expect(() => readLessonFile(broken)).toThrow("greeting/lesson.en.md:5: a step has its id on the next line");
  writeFileSync(file, right.replace("A server waits", "A server sits"));
  expect((await changes.read()).value).toBe("data: changed\n\n");
  expect(await (await fetch(address)).text()).toContain("A server sits");

  stop();
  expect(await status).toBe(0);
  await expect(fetch(address)).rejects.toThrow("fetch failed");
});

it("names a folder that is not there, and a port that cannot be", async () => {
  let text = "";
  const output = { out: (more: string) => (text += more), errors: (more: string) => (text += more), whenStopped: () => Promise.resolve() };
  expect(await runCommand(["preview", "nothing"], parent, output)).toBe(1);
  expect(await runCommand(["preview", "--port", "99999", "nothing"], parent, output)).toBe(2);
  expect(text).toBe('nothing: there is no such folder\n--port is "99999"; it takes 0 to 65534\n');
});
