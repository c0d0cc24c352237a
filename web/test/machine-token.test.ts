import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { machineToken } from "../src/session/machine-token.ts";
import type { SafeStorage } from "../src/storage/safe-storage.ts";
import { memoryStorage } from "./support/memory-storage.ts";

// A page over plain HTTP has no locks; Node 20 has none either, newer ones do.
vi.stubGlobal("navigator", {});
afterEach(() => vi.resetModules());

/** The store of a tab, and of one that was made by duplicating it. */
function tab(copyOf?: SafeStorage): SafeStorage {
  const store = memoryStorage();
  for (const key of copyOf?.keys() ?? []) store.write(key, copyOf?.read(key) ?? "");
  return store;
}

const tokenOf = async (store: SafeStorage): Promise<string> => Buffer.from(await machineToken(store)).toString("hex");

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
