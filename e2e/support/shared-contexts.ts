import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from "@playwright/test";

/** Where the page that keeps a context's process goes: the site of every bridge, with an answer of its own. */
const KEEPER_URL = "http://127.0.0.1:9/";
/** Contexts that a worker keeps, one for each way to open one: each is a process with a page in it, some 100 MB. */
const MOST_CONTEXTS = 3;
/** What is cleared after each test; the cache of files and of compiled code stays, which is why contexts are shared. */
const STORAGE = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems";

/**
 * Browser contexts that tests of a worker use one after the other. A page in a new process reads and compiles the playground anew,
 * which takes most of a short test; in a process that has done so it takes a third. `--process-per-site` has a new page run in the
 * process of the one that is kept open for that. Each test finds no other page, no storage, and the usual permissions.
 */
export class SharedContexts {
  readonly #browser: Browser;
  /** The one used last at the end. */
  readonly #contexts = new Map<string, SharedContext>();
  readonly #taken = new Set<SharedContext>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** The context with these options, as clean as a new one, until it is given back. @param name what tells these options from others */
  async take(name: string, options: BrowserContextOptions): Promise<SharedContext> {
    const known = this.#contexts.get(name);
    this.#contexts.delete(name);
    const context = known !== undefined && known.isUsable ? known : await SharedContext.open(this.#browser, options);
    this.#contexts.set(name, context);
    this.#taken.add(context);
    return context;
  }

  async giveBack(shared: SharedContext): Promise<void> {
    this.#taken.delete(shared);
    if (shared.isUsable) await shared.clear();
    else await this.#close(shared);
    for (const old of this.#contexts.values()) {
      if (this.#contexts.size <= MOST_CONTEXTS) break;
      if (this.#taken.has(old)) continue;
      await this.#close(old);
    }
  }

  async #close(shared: SharedContext): Promise<void> {
    for (const [name, each] of this.#contexts) if (each === shared) this.#contexts.delete(name);
    await shared.context.close();
  }

  async end(): Promise<void> {
    for (const { context } of this.#contexts.values()) await context.close().catch(() => {});
  }
}

/** One of them. */
export class SharedContext {
  readonly context: BrowserContext;
  readonly #keeper: Page;
  readonly #permissions: readonly string[];
  readonly #devtools: CDPSession;
  /** Origins of pages and frames that there were. In pages of another site a frame has no storage: browsers deny it where nothing outlives the window. */
  readonly #origins = new Set<string>();
  #hasCrashed = false;

  private constructor(context: BrowserContext, keeper: Page, devtools: CDPSession, permissions: readonly string[]) {
    this.context = context;
    this.#permissions = permissions;
    this.#keeper = keeper;
    this.#devtools = devtools;
    keeper.on("crash", () => (this.#hasCrashed = true));
    context.on("page", (page) => {
      page.on("framenavigated", (frame) => {
        if (!URL.canParse(frame.url())) return;
        const { origin, protocol } = new URL(frame.url());
        if (protocol.startsWith("http")) this.#origins.add(origin);
      });
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions): Promise<SharedContext> {
    const context = await browser.newContext(options);
    const keeper = await context.newPage();
    await keeper.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>keeps the process</title>" }));
    await keeper.goto(KEEPER_URL);
    return new SharedContext(context, keeper, await context.newCDPSession(keeper), options.permissions ?? []);
  }

  /** Whether it can be as new once it is cleared. */
  get isUsable(): boolean {
    return !this.#hasCrashed && !this.#keeper.isClosed() && this.#keeper.url() === KEEPER_URL;
  }

  /** Leaves it as new. */
  async clear(): Promise<void> {
    for (const page of this.context.pages()) if (page !== this.#keeper) await page.close();
    await this.context.clearPermissions();
    await this.context.grantPermissions([...this.#permissions]);
    for (const origin of this.#origins) await this.#devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: STORAGE });
    this.#origins.clear();
  }
}
