import { MACHINE_TOKEN_BYTES } from "@playground/wire/codec";
import { type SafeStorage, tabStorage } from "../storage/safe-storage.ts";
import type { KnownMachines } from "./known-machines.ts";
import { isTokenText, tokenOf, tokenText } from "./token-text.ts";

const STORAGE_KEY = "zone-playground:machine";
/** Milliseconds to wait for the lock on a token: when a tab reloads, its old page lets go of it within this time, on a busy machine too. Only a duplicated tab waits it out. */
const LOCK_WAIT_MS = 1_000;

/** Milliseconds to wait for an answer of another page, where there are no locks: pages in the background answer too. */
const ANSWER_WAIT_MS = 200;

/** What a page that has a token answers. */
const HELD = "held";

/** Where a page's machine is remembered. */
export interface MachineStores {
  readonly tab?: SafeStorage;
  /** The browser's machines in the page's room; without them the page is a machine for as long as its tab. */
  readonly known?: KnownMachines;
}

/**
 * The secret by which the bridge knows this page's machine, and gives it the same address after a reload, and after its tab was
 * closed and another was opened. Every tab is a machine of its own, a duplicated tab too, although it starts with a copy of the
 * other's store.
 */
export async function machineToken({ tab = tabStorage, known }: MachineStores = {}): Promise<Uint8Array> {
  const key = known === undefined ? STORAGE_KEY : `${STORAGE_KEY}:${known.room}`;
  const take = (token: string): Uint8Array => {
    tab.write(key, token);
    known?.use(token);
    return tokenOf(token);
  };
  const saved = tab.read(key);
  if (saved !== undefined && isTokenText(saved) && (await isMine(saved, LOCK_WAIT_MS))) return take(saved);
  for (const token of known?.tokens ?? []) if (token !== saved && (await isMine(token, 0))) return take(token);
  const token = tokenText(crypto.getRandomValues(new Uint8Array(MACHINE_TOKEN_BYTES)));
  void isMine(token, LOCK_WAIT_MS);
  return take(token);
}

/** Whether no other living page has the token; this one has it from now on, for as long as it lives. `waitMs`: for a page that is going. */
async function isMine(token: string, waitMs: number): Promise<boolean> {
  const name = `${STORAGE_KEY}:${token}`;
  return navigator.locks === undefined ? isUnclaimed(name) : isUnlocked(name, waitMs);
}

/** By a lock, which the browser takes back when the page goes, however it goes. */
async function isUnlocked(name: string, waitMs: number): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const hold = (lock: Lock | null): Promise<never> | undefined => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    };
    const options: LockOptions = waitMs === 0 ? { ifAvailable: true } : { signal: AbortSignal.timeout(waitMs) };
    navigator.locks.request(name, options, hold).catch(() => resolve(false));
  });
}

/** Over plain HTTP there are no locks: whoever has the token answers whoever asks for it. Of two that ask at the same moment, one has it. */
async function isUnclaimed(name: string): Promise<boolean> {
  if (typeof BroadcastChannel === "undefined") return true;
  const channel = new BroadcastChannel(name);
  const tell = (word: string | number): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has the origin of its page
    channel.postMessage(word);
  };
  const mine = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  let isHeld = false;
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => {
      isHeld = true;
      resolve(true);
    }, ANSWER_WAIT_MS);
    const giveUp = (): void => {
      clearTimeout(timer);
      channel.close();
      resolve(false);
    };
    channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (data === HELD && !isHeld) giveUp();
      else if (typeof data !== "number") return;
      else if (isHeld) tell(HELD);
      // The other asks just now: the greater number has it, and hears nothing of this one.
      else if (data > mine) giveUp();
      else tell(mine);
    });
    tell(mine);
  });
}
