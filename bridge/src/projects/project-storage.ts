import { join } from "node:path";
import { createStorage, type Storage } from "unstorage";
import type { Log } from "../log/log.ts";
import { durableFiles, removeLeftOvers } from "./durable-files.ts";
import type { ProjectStorages } from "./project-store.ts";

/** Where projects are kept. */
export type ProjectStorageChoice =
  | { readonly kind: "files"; readonly directory: string }
  /** `url`: `redis:` or `rediss:`, with its password, so it must not be logged. */
  | { readonly kind: "redis"; readonly url: string };

/** What the keys in Redis begin with: others may use the same server. */
const REDIS_PREFIX = "zone-playground";

/** Time for Redis to take a connection, ms: it is on the same network. */
const REDIS_CONNECT_MS = 3_000;

/** New connections for one command: a reader should be told soon that Redis is away. */
const REDIS_RETRIES = 1;

/** Opens the storages of texts and of records. Nothing is made or connected that is not needed yet. */
export async function openProjectStorages(choice: ProjectStorageChoice, log: Log): Promise<ProjectStorages> {
  if (choice.kind === "files") {
    const [texts, records] = [join(choice.directory, "scripts"), join(choice.directory, "script-records")];
    await Promise.all([removeLeftOvers(texts), removeLeftOvers(records)]);
    return { texts: createStorage({ driver: durableFiles(texts) }), records: createStorage({ driver: durableFiles(records) }) };
  }
  // Those who keep files need not load the client.
  const { default: redis } = await import("unstorage/drivers/redis");
  let lastError = "";
  const open = (base: string): Storage => {
    const driver = redis({ url: choice.url, base, connectTimeout: REDIS_CONNECT_MS, maxRetriesPerRequest: REDIS_RETRIES, lazyConnect: true });
    driver.getInstance?.().on("error", (error: Error) => {
      // It tries again for ever; the same sentence need not be said each time.
      if (error.message === lastError) return;
      lastError = error.message;
      log({ level: "error", event: "script-storage", message: `Redis: ${error.message}` });
    });
    return createStorage({ driver });
  };
  return { texts: open(`${REDIS_PREFIX}:scripts`), records: open(`${REDIS_PREFIX}:script-records`) };
}
