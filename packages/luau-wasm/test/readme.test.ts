import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const example = fileURLToPath(new URL(`./readme-example-${process.pid}.tmp.ts`, import.meta.url));

afterAll(() => rmSync(example, { force: true }));

test("the README's example runs and prints what it says", async () => {
  const code = /## Example\n\n```ts\n([^]*?)```/.exec(readme)![1]!;
  writeFileSync(example, code.replaceAll('"@playground/luau-wasm/node"', '"../src/node.ts"').replaceAll('"@playground/luau-wasm"', '"../src/index.ts"'));
  const lines: unknown[][] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...line) => void lines.push(line));
  try {
    await import(/* @vite-ignore */ example);
  } finally {
    log.mockRestore();
  }
  expect(lines).toEqual([
    ["the script asks:", "who is there?"],
    [42, "hello, world"],
  ]);
});

test("the README lists the usage errors that there are", () => {
  const source = readFileSync(new URL("../src/errors.ts", import.meta.url), "utf8");
  const codes = [.../type UsageErrorCode =([^;]*);/.exec(source)![1]!.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]);
  const row = readme.split("\n").find((line) => line.startsWith("| `LuauUsageError`"))!;
  expect([...row.matchAll(/`([a-z-]+)`/g)].map((match) => match[1])).toEqual(codes);
});
