import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Command, type Commands, START_LIMIT_MS } from "./commands.ts";

/** What the profile sets: no first-run pages, no connections of the browser's own, and windows that are not slowed down behind each other. */
const PREFERENCES: Readonly<Record<string, string | number | boolean>> = {
  "app.update.disabledForTesting": true,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.tabs.warnOnClose": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.disable_beforeunload": true,
  "dom.ipc.processPrelaunch.enabled": false,
  "extensions.update.enabled": false,
  "marionette.port": 0,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.server": "",
};

/** The commands that Marionette calls otherwise than the standard does. */
const NAMES: Partial<Record<Command, string>> = { Navigate: "WebDriver:Navigate", DismissAlert: "WebDriver:DismissAlert" };

/** A message of Marionette: kind (0 asks, 1 answers), number, and then name and parameters, or error and result. */
type Answer = readonly [1, number, { readonly error: string; readonly message: string } | null, unknown];

/**
 * Firefox by Marionette, the protocol that geckodriver translates WebDriver into: the same commands, as JSON with its
 * length before it, over a socket of loopback. So no driver has to be installed beside the browser; Debian has none.
 * https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export class Marionette implements Commands {
  readonly #browser: ChildProcess;
  readonly #profile: string;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #received = Buffer.alloc(0);
  #last = 0;

  private constructor(browser: ChildProcess, profile: string, socket: Socket) {
    this.#browser = browser;
    this.#profile = profile;
    this.#socket = socket;
    socket.on("data", (bytes) => this.#receive(bytes));
    socket.on("close", () => this.#fail(new Error("Firefox has closed the connection")));
    socket.on("error", () => {});
  }

  /** Starts Firefox, with these preferences besides. */
  static async start(program: string, preferences: Readonly<Record<string, string | number | boolean>>, environment: NodeJS.ProcessEnv): Promise<Marionette> {
    const profile = await mkdtemp(join(tmpdir(), "zone-firefox-"));
    const lines = Object.entries({ ...PREFERENCES, ...preferences }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    await writeFile(join(profile, "user.js"), lines.join("\n"));
    const browser = spawn(program, ["--marionette", "--no-remote", "--headless", "--profile", profile], {
      env: { ...environment, MOZ_CRASHREPORTER_DISABLE: "1" },
      stdio: "ignore",
    });
    try {
      const socket = await reach(await portOf(profile));
      const marionette = new Marionette(browser, profile, socket);
      await marionette.call("NewSession", { capabilities: { alwaysMatch: { unhandledPromptBehavior: "accept" } } });
      return marionette;
    } catch (error) {
      browser.kill("SIGKILL");
      throw error;
    }
  }

  call(command: Command, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const text = Buffer.from(JSON.stringify([0, id, NAMES[command] ?? `WebDriver:${command}`, parameters]));
      this.#socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
  }

  async end(): Promise<void> {
    this.#socket.destroy();
    const ended = new Promise((resolve) => this.#browser.once("exit", resolve));
    this.#browser.kill("SIGTERM");
    const timer = setTimeout(() => this.#browser.kill("SIGKILL"), 3_000);
    if (this.#browser.exitCode === null && this.#browser.signalCode === null) await ended;
    clearTimeout(timer);
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#received.subarray(0, colon).toString());
      if (this.#received.length < end) return;
      this.#take(JSON.parse(this.#received.subarray(colon + 1, end).toString()) as Answer);
      this.#received = this.#received.subarray(end);
    }
  }

  #take(answer: Answer | object): void {
    // The first message says which protocol it is.
    if (!Array.isArray(answer)) return;
    const [, id, error, result] = answer as unknown as Answer;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error !== null) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(typeof result === "object" && result !== null && "value" in result ? result.value : result);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The port, which Firefox writes into its profile once it listens. */
async function portOf(profile: string): Promise<number> {
  const path = join(profile, "MarionetteActivePort");
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await sleep(50)) {
    const port = Number(await readFile(path, "utf8").catch(() => ""));
    if (port > 0) return port;
  }
  throw new Error(`Firefox did not listen within ${START_LIMIT_MS / 1000} s`);
}

async function reach(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return socket;
}
