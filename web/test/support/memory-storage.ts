import { type SafeStorage, safeStorage } from "../../src/storage/safe-storage.ts";

/** A browser's string store in memory. */
export function memoryStorage(): SafeStorage {
  const values = new Map<string, string>();
  const storage: Storage = {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (index) => [...values.keys()][index] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  };
  return safeStorage(() => storage);
}

/** A store that the reader has blocked. */
export const blockedStorage: SafeStorage = safeStorage(() => {
  throw new DOMException("The operation is insecure.", "SecurityError");
});
