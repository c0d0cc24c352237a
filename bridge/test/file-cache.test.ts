import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FileCache, SEEN_MS } from "../src/http/file-cache.ts";
import { temporaryDirectory } from "./support/proxy.ts";

test("a file that many ask for at once is read once, and one that has changed is read again", async () => {
  const path = join(await temporaryDirectory(), "app.js");
  await writeFile(path, "one");
  const files = new FileCache();
  const found = await Promise.all(Array.from({ length: 50 }, () => files.get(path)));
  expect(new Set(found).size).toBe(1);
  expect(found[0]?.bytes.toString()).toBe("one");
  expect(await files.get(path)).toBe(found[0]);
  await writeFile(path, "three");
  // Not at once: whoever asks without a pause is not worth a look at the disk each time.
  await new Promise((resolve) => setTimeout(resolve, SEEN_MS));
  expect((await files.get(path))?.bytes.toString()).toBe("three");
  expect(await files.get(join(path, "none"))).toBeUndefined();
});
