import { describe, expect, it } from "vitest";
import { roomOf, sessionUrl } from "../src/app/page-url.ts";
import { sharedLinkOf } from "../src/share/shared-link.ts";
import { FIRST_DELAY_MS, MAX_DELAY_MS, retryDelay } from "../src/bridge/backoff.ts";

describe("retryDelay", () => {
  it("doubles up to its limit, and spreads", () => {
    expect(retryDelay(0, () => 0)).toBe(FIRST_DELAY_MS / 2);
    expect(retryDelay(0, () => 1)).toBe(FIRST_DELAY_MS);
    expect(retryDelay(1, () => 1)).toBe(FIRST_DELAY_MS * 2);
    expect(retryDelay(1_000, () => 1)).toBe(MAX_DELAY_MS);
    expect(retryDelay(1_000, () => 0)).toBe(MAX_DELAY_MS / 2);
  });
});

describe("the page's address", () => {
  it.each([
    ["/s/0123456789ab", "", { kind: "short", id: "0123456789ab" }],
    ["/s/0123456789ab/", "", { kind: "short", id: "0123456789ab" }],
    ["/s/0123456789ab).", "", { kind: "short", id: "0123456789ab" }],
    ["/S/0123456789ab&utm_source=x", "", { kind: "short", id: "0123456789ab" }],
    ["/s/0123456789ab%3E", "", { kind: "short", id: "0123456789ab" }],
    ["/room/a/", "#share=v1.abc)", { kind: "long", text: "v1.abc" }],
    ["/", "#share%3Dv1.abc", { kind: "long", text: "v1.abc" }],
    ["/room/a/%23share=v1.abc", "", { kind: "long", text: "v1.abc" }],
    ["/room/a/", "", undefined],
  ])("%s%s leads to a shared project, or to none", (pathname, hash, link) => {
    expect(sharedLinkOf({ pathname, hash })).toEqual(link);
  });
  it.each([
    ["/room/quiet-otter/", "quiet-otter"],
    ["/room/%D0%BA%D0%BB%D0%B0%D1%81%D1%81/", "klass"],
    ["/Room/Quiet-Otter/", "quiet-otter"],
    ["/room/%zz/", undefined],
    ["/room/", undefined],
    ["/elsewhere", undefined],
    ["/", "lobby"],
  ])("%s is room %s", (pathname, room) => {
    expect(roomOf({ pathname })).toBe(room);
  });
  it("leads to the room's sessions, by the page's own scheme", () => {
    expect(sessionUrl({ protocol: "http:", host: "127.0.0.1:8080" }, "a b")).toBe("ws://127.0.0.1:8080/room/a%20b/");
    expect(sessionUrl({ protocol: "https:", host: "example.com" }, "класс")).toBe("wss://example.com/room/%D0%BA%D0%BB%D0%B0%D1%81%D1%81/");
  });
});
