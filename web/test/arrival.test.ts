import { describe, expect, it } from "vitest";
import { isSiteAddress } from "../src/share/arrival.ts";

describe("the site's address", () => {
  it.each([
    [{ pathname: "/", search: "" }, true],
    [{ pathname: "/room/abcd-efgh-jkmn/", search: "?from-site" }, true],
    [{ pathname: "/room/urok-7b/", search: "" }, false],
    [{ pathname: "/room/urok-7b/", search: "?from=site" }, false],
    [{ pathname: "/s/abc", search: "" }, false],
  ])("%j: %s", (address, expected) => {
    expect(isSiteAddress(address)).toBe(expected);
  });
});
