import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it, vi } from "vitest";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import { freePort } from "../../../scripts/setup/free-port.mjs";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const example = fileURLToPath(new URL(`./readme-example-${process.pid}.tmp.ts`, import.meta.url));

afterAll(() => rmSync(example, { force: true }));

it("the README's example prints what it says", async () => {
  const [, code = ""] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  const port = await freePort();
  writeFileSync(example, code.replaceAll("8080", String(port)).replace('"@playground/zone"', '"../src/index.ts"'));
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words: string[]) => void lines.push(words.join(" ").trim()));
  try {
    await import(/* @vite-ignore */ example);
    await vi.waitUntil(() => lines.includes("stopped"), PATIENCE_MS);
  } finally {
    log.mockRestore();
  }
  expect(lines).toEqual([...code.matchAll(/^\/\/ (.*)$/gm)].map((match) => match[1]));
});

it("the README names every notice that there is", () => {
  const source = readFileSync(new URL("../src/console.ts", import.meta.url), "utf8");
  const codes = [.../type Notice =(.*?)\n\n/s.exec(source)![1]!.matchAll(/\| \{ readonly code: "([a-z-]+)"/g)].map((match) => match[1]);
  expect([...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1])).toEqual(codes);
});
