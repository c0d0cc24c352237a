import { expect, test } from "vitest";
import { isLoopbackHost } from "../src/index.ts";

test.each([
  ["http://localhost:8080/", true],
  ["http://127.0.0.1/", true],
  ["http://127.1/", true],
  ["http://[::1]:8080/", true],
  ["http://[0:0:0:0:0:0:0:1]/", true],
  ["http://128.0.0.1/", false],
  ["http://127.0.0.1.example/", false],
  ["http://localhost.example/", false],
  ["http://[::2]/", false],
])("%s leads to this computer: %s", (url, expected) => {
  expect(isLoopbackHost(new URL(url).hostname)).toBe(expected);
});
