import { get } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { runBridge } from "./support/running-bridge.ts";

/** What a browser shows that has come by this name. */
async function shownAt(port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, headers: { host } }, (response) => {
      expect(response.statusCode, host).toBe(421);
      resolve(text(response));
    }).on("error", reject);
  });
}

test("who opens the page by a name that the bridge does not know is told in both languages what to type", async () => {
  const { port } = await runBridge();
  const shown = await shownAt(port, "Teacher-PC.local:7070");
  expect(shown).toContain("start it with --public-host teacher-pc.local, or");
  expect(shown).toContain("запустите его с --public-host teacher-pc.local или");
  for (const host of [`${"a".repeat(300)}.example`, "<b>"]) expect(await shownAt(port, host), host).toContain("--public-host NAME");
  // No option leads to the page at an address of a room.
  expect(await shownAt(port, "127.64.0.1:7070")).not.toContain("--public-host");
});
