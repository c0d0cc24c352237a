import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { machineToken } from "../src/session/machine-token.ts";
import { KnownMachines } from "../src/session/known-machines.ts";
import type { SafeStorage } from "../src/storage/safe-storage.ts";
import { blockedStorage, memoryStorage } from "./support/memory-storage.ts";

// A page over plain HTTP has no locks; Node 20 has none either, newer ones do.
vi.stubGlobal("navigator", {});
afterEach(() => vi.resetModules());

/** The store of a tab, and of one that was made by duplicating it. */
function tab(copyOf?: SafeStorage): SafeStorage {
  const store = memoryStorage();
  for (const key of copyOf?.keys() ?? []) store.write(key, copyOf?.read(key) ?? "");
  return store;
}

const tokenOf = async (store: SafeStorage): Promise<string> => Buffer.from(await machineToken({ tab: store })).toString("hex");

/** Ends every channel, as the end of the pages would. */
function countChannels(): { closeAll(): void } {
  const open = new Set<BroadcastChannel>();
  const Original = globalThis.BroadcastChannel;
  vi.stubGlobal(
    "BroadcastChannel",
    class extends Original {
      constructor(name: string) {
        super(name);
        open.add(this);
      }
    },
  );
  const closeAll = (): void => {
    for (const channel of open) channel.close();
    open.clear();
  };
  onTestFinished(closeAll);
  return { closeAll };
}

test("a duplicated tab is a machine of its own, also without locks, and the first one stays what it is", async () => {
  countChannels();
  const first = tab();
  const token = await tokenOf(first);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const second = tab(first);
  const other = await tokenOf(second);
  expect(other).not.toBe(token);
  // And its copy is a third.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(new Set([token, other, await tokenOf(tab(second))]).size).toBe(3);
});

test("a page that is loaded again has its token again", async () => {
  const channels = countChannels();
  const store = tab();
  const token = await tokenOf(store);
  channels.closeAll();
  expect(await tokenOf(store)).toBe(token);
});

test("of tabs that come back at the same moment with one token, one has it", async () => {
  const channels = countChannels();
  const store = tab();
  const token = await tokenOf(store);
  channels.closeAll();
  const tokens = await Promise.all(Array.from({ length: 5 }, () => tokenOf(tab(store))));
  expect(tokens.filter((each) => each === token)).toHaveLength(1);
  expect(new Set(tokens).size).toBe(5);
});

/** A page of a browser, whose store all of its tabs share. */
const pageOf = async (browser: SafeStorage, store: SafeStorage, room = "lab"): Promise<string> =>
  Buffer.from(await machineToken({ tab: store, known: new KnownMachines(room, browser) })).toString("hex");

test("who closes the tab comes back as the same machine of the room, and a second tab is another", async () => {
  const channels = countChannels();
  const browser = memoryStorage();
  const first = await pageOf(browser, tab());
  await new Promise((resolve) => setTimeout(resolve, 300));
  const second = await pageOf(browser, tab());
  expect(second).not.toBe(first);
  channels.closeAll();
  // The one that was used last comes first; and both are back when both tabs are.
  const back = await pageOf(browser, tab());
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([back, await pageOf(browser, tab())]).toEqual([second, first]);
  // Another room does not know them.
  expect([first, second]).not.toContain(await pageOf(browser, tab(), "other"));
});

test("a tab that is loaded again, or goes to another room and back, stays what it was, whichever was used last", async () => {
  const channels = countChannels();
  const browser = memoryStorage();
  const [one, two] = [tab(), tab()];
  const first = await pageOf(browser, one);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const second = await pageOf(browser, two);
  channels.closeAll();
  expect(await pageOf(browser, one, "other")).not.toBe(first);
  channels.closeAll();
  expect(await pageOf(browser, one)).toBe(first);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await pageOf(browser, two)).toBe(second);
  // A duplicate of a tab is a third one, though the browser knows two.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([first, second]).not.toContain(await pageOf(browser, tab(two)));
});

test("a browser that keeps nothing, or something else, makes a new machine each time", async () => {
  countChannels();
  const browser = memoryStorage();
  for (const text of ["nonsense", "{}", "[1,null,{}]", JSON.stringify([{ room: "lab", token: "short" }])]) {
    browser.write("zone-playground:machines", text);
    expect(await pageOf(browser, tab())).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(await pageOf(blockedStorage, blockedStorage)).not.toBe(await pageOf(blockedStorage, blockedStorage));
});
