import { describe, expect, it } from "vitest";
import { roomOf, sessionUrl, substituteRoomName } from "../src/room/page-url.ts";
import { sharedLinkOf } from "../src/share/shared-link.ts";
import { FIRST_DELAY_MS, MAX_DELAY_MS, retryDelay } from "../src/session/backoff.ts";

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

describe("a room whose name is none", () => {
  it("has a name that works, the same for everybody who follows the link", () => {
    const name = substituteRoomName({ pathname: "/room/%E6%95%99%E5%AE%A4/" });
    expect(name).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
    expect(roomOf({ pathname: `/room/${name}/` })).toBe(name);
    expect(substituteRoomName({ pathname: "/ROOM/教室 /" })).toBe(name);
    expect(substituteRoomName({ pathname: "/room/教師/" })).not.toBe(name);
    // Composed and decomposed letters, and both cases, are one name.
    expect(substituteRoomName({ pathname: "/room/教室-É/" })).toBe(substituteRoomName({ pathname: `/room/${encodeURIComponent("教室-e\u0301")}/` }));
  });

  it.each(["/room/", "/room//", "/room/%20/", "/elsewhere/", `/room/${"教".repeat(3_000)}/`])("has none where nothing is named: %.30s", (pathname) => {
    expect(substituteRoomName({ pathname })).toBeUndefined();
  });
});
