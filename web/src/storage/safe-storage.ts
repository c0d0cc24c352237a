/** A string store that never throws: reading gives `undefined`, writing does nothing, when there is none. */
export interface SafeStorage {
  read(key: string): string | undefined;
  /** Whether the value was kept. */
  write(key: string, value: string): boolean;
  remove(key: string): void;
  /** All keys there are. */
  keys(): string[];
}

/**
 * Wraps a browser store. `find` is called each time, because merely touching `localStorage` throws where
 * the reader has blocked it, and a full store throws on writing.
 */
export function safeStorage(find: () => Storage | undefined): SafeStorage {
  const attempt = <T>(action: (storage: Storage) => T): T | undefined => {
    try {
      const storage = find();
      return storage === undefined ? undefined : action(storage);
    } catch {
      return undefined;
    }
  };
  return {
    read: (key) => attempt((storage) => storage.getItem(key)) ?? undefined,
    write: (key, value) =>
      attempt((storage) => {
        storage.setItem(key, value);
        return true;
      }) ?? false,
    remove: (key) => attempt((storage) => storage.removeItem(key)),
    keys: () => attempt((storage) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")) ?? [],
  };
}

/** Kept between visits and shared by all tabs of the site. */
export const persistent: SafeStorage = safeStorage(() => globalThis.localStorage);

/** Kept for one tab, through reloads. */
export const tabStorage: SafeStorage = safeStorage(() => globalThis.sessionStorage);
