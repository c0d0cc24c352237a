import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { type Command, type Commands, START_LIMIT_MS } from "./commands.ts";
import { withinLimit } from "./time-limits.ts";

/** Milliseconds in which the driver has a browser: a third of a second on an idle machine. */
const SESSION_LIMIT_MS = 20_000;

/** Method and path of each command, below its session. */
const ENDPOINTS: Readonly<Record<Exclude<Command, "NewSession">, readonly [method: "GET" | "POST" | "DELETE", path: string]>> = {
  DeleteSession: ["DELETE", ""],
  Navigate: ["POST", "/url"],
  Refresh: ["POST", "/refresh"],
  ExecuteScript: ["POST", "/execute/sync"],
  PerformActions: ["POST", "/actions"],
  ReleaseActions: ["DELETE", "/actions"],
  NewWindow: ["POST", "/window/new"],
  CloseWindow: ["DELETE", "/window"],
  SwitchToWindow: ["POST", "/window"],
  GetWindowHandle: ["GET", "/window"],
  SetWindowRect: ["POST", "/window/rect"],
  TakeScreenshot: ["GET", "/screenshot"],
  SetTimeouts: ["POST", "/timeouts"],
  DismissAlert: ["POST", "/alert/dismiss"],
};

/** WebKitGTK by its own driver, which speaks WebDriver over HTTP. */
export class WebKitDriver implements Commands {
  readonly #driver: ChildProcess;
  readonly #base: string;
  /** Commands that have not been answered. */
  #open = 0;

  private constructor(driver: ChildProcess, base: string) {
    this.#driver = driver;
    this.#base = base;
  }

  /** Starts the driver, which starts the browser; `proxy` (`host:port`) is asked for names of `.test`, `environment` names the display. */
  static async start(program: string, proxy: string, environment: NodeJS.ProcessEnv): Promise<WebKitDriver> {
    const port = await freePort();
    // In a process group of its own: the browser's processes are children of the driver's.
    const driver = spawn(program, [`--port=${port}`], { env: environment, stdio: "ignore", detached: true });
    // Nothing of it outlives the tests, however they end.
    process.once("exit", () => killGroup(driver));
    const url = `http://127.0.0.1:${port}`;
    try {
      await answers(`${url}/status`);
      const asked = ask("POST", `${url}/session`, {
        capabilities: {
          alwaysMatch: {
            unhandledPromptBehavior: "accept",
            // Exceptions are wanted the other way round than the standard has them: everything on loopback is asked directly.
            proxy: { proxyType: "manual", httpProxy: proxy, sslProxy: proxy, noProxy: ["127.0.0.1", "localhost"] },
          },
        },
      });
      const session = (await withinLimit(asked, SESSION_LIMIT_MS, (seconds) => new Error(`WebKit did not come up within ${seconds} s`))) as {
        readonly sessionId: string;
      };
      return new WebKitDriver(driver, `${url}/session/${session.sessionId}`);
    } catch (error) {
      killGroup(driver);
      throw error;
    }
  }

  async call(command: Command, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (command === "NewSession") throw new Error("the session is there from the start");
    const [method, path] = ENDPOINTS[command];
    this.#open++;
    try {
      return await ask(method, this.#base + path, method === "POST" ? parameters : undefined);
    } finally {
      this.#open--;
    }
  }

  async end(): Promise<void> {
    // A session that hangs answers this neither.
    if (this.#open === 0) await Promise.race([this.call("DeleteSession").catch(() => {}), sleep(3_000)]);
    killGroup(this.#driver);
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

async function answers(url: string): Promise<void> {
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await sleep(50)) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
  }
  throw new Error(`WebKitWebDriver did not answer within ${START_LIMIT_MS / 1000} s`);
}

async function ask(method: string, url: string, body: object | undefined): Promise<unknown> {
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }) });
  const { value } = (await response.json()) as { readonly value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { readonly error: string; readonly message: string };
  throw new Error(`${error}: ${message}`);
}
