import { join } from "node:path";
import { createStorage, type Storage } from "unstorage";
import type { Log } from "../log/log.ts";
import { durableFiles, removeLeftOvers } from "./durable-files.ts";

/** Where scripts are kept. */
export type ScriptStorageChoice =
  | { readonly kind: "files"; readonly directory: string }
  /** `url`: `redis:` or `rediss:`, with its password, so it must not be logged. */
  | { readonly kind: "redis"; readonly url: string };

/** What the keys in Redis begin with: others may use the same server. */
const REDIS_PREFIX = "zone-playground:scripts";

/** Time for Redis to take a connection, ms: it is on the same network. */
const REDIS_CONNECT_MS = 3_000;

/** New connections for one command: a reader should be told soon that Redis is away. */
const REDIS_RETRIES = 1;

/** Opens the storage. Nothing is made or connected that is not needed yet. */
export async function openScriptStorage(choice: ScriptStorageChoice, log: Log): Promise<Storage> {
  if (choice.kind === "files") {
    const directory = join(choice.directory, "scripts");
    await removeLeftOvers(directory);
    return createStorage({ driver: durableFiles(directory) });
  }
  // Those who keep files need not load the client.
  const { default: redis } = await import("unstorage/drivers/redis");
  const driver = redis({
    url: choice.url,
    base: REDIS_PREFIX,
    connectTimeout: REDIS_CONNECT_MS,
    maxRetriesPerRequest: REDIS_RETRIES,
    lazyConnect: true,
  });
  let lastError = "";
  driver.getInstance?.().on("error", (error: Error) => {
    // It tries again for ever; the same sentence need not be said each time.
    if (error.message === lastError) return;
    lastError = error.message;
    log({ level: "error", event: "script-storage", message: `Redis: ${error.message}` });
  });
  return createStorage({ driver });
}
