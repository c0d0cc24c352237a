import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { linksForOthers } from "../src/room-links.ts";

test("a bridge on every address names a link for each of them that others can use", () => {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === "IPv4" && !entry.address.startsWith("127."))
    .map((entry) => entry.address);
  expect(linksForOthers("0.0.0.0", 8080)).toEqual(addresses.map((address) => `http://${address}:8080/`));
});

test("a bridge on one address has no other links", () => {
  expect(linksForOthers("127.0.0.1", 8080)).toEqual([]);
});
