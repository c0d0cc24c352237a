import { MACHINE_TOKEN_BYTES } from "@playground/wire";
import { type SafeStorage, tabStorage } from "../storage/safe-storage.ts";

const STORAGE_KEY = "zone-playground:machine";
/** Milliseconds to wait for the lock on a token: when a tab reloads, its old page lets go of it within this time. */
const LOCK_WAIT_MS = 250;

/**
 * The secret by which the bridge knows this page's machine, and gives it the same address after a reload.
 * Every tab is a machine of its own, a duplicated tab too, although it starts with a copy of the other's store.
 */
export async function machineToken(storage: SafeStorage = tabStorage): Promise<Uint8Array> {
  const saved = decode(storage.read(STORAGE_KEY));
  if (saved !== undefined && (await isMine(saved))) return saved;
  const token = crypto.getRandomValues(new Uint8Array(MACHINE_TOKEN_BYTES));
  storage.write(STORAGE_KEY, encode(token));
  void isMine(token);
  return token;
}

/** Holds a lock named after the token for as long as the page lives. Without locks (no secure context) every token counts as free. */
async function isMine(token: Uint8Array): Promise<boolean> {
  const { locks } = navigator;
  if (locks === undefined) return true;
  return new Promise<boolean>((resolve) => {
    const hold = (): Promise<never> => {
      resolve(true);
      return new Promise<never>(() => {});
    };
    locks.request(`${STORAGE_KEY}:${encode(token)}`, { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, hold).catch(() => resolve(false));
  });
}

function encode(token: Uint8Array): string {
  return Array.from(token, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function decode(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || text.length !== MACHINE_TOKEN_BYTES * 2 || /[^0-9a-f]/.test(text)) return undefined;
  return Uint8Array.from({ length: MACHINE_TOKEN_BYTES }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
