import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listenEcho } from "./echo.ts";
import { LARGE_FILE, type Target } from "./target.ts";

const WISP_SERVER = fileURLToPath(new URL("./wisp-server.js", import.meta.url));
const ECHO_NAME = { bridge: "host.zone.internal", "wisp-js": "127.0.0.1" } as const;

/** Bytes of the page's large file, which does not become smaller: those of the type checker, the largest there is. */
const LARGE_FILE_BYTES = 3_300_000;
const SMALL_FILE_BYTES = 20_000;
/** Time for the target to say that it is there, ms. */
const START_MS = 20_000;
/** Time between two looks at its memory, ms. */
const MEMORY_EVERY_MS = 50;

/** What is attacked, in a process of its own, with an echo that its streams reach. */
export class TargetProcess {
  readonly target: Target;
  /** The most memory that was seen, bytes. */
  peakBytes = 0;
  readonly #child: ChildProcess;
  readonly #echo: Server;
  readonly #directory: string;
  readonly #timer: NodeJS.Timeout;
  #log = "";

  private constructor(target: Target, child: ChildProcess, echo: Server, directory: string) {
    this.target = target;
    this.#child = child;
    this.#echo = echo;
    this.#directory = directory;
    child.stderr?.on("data", (text: Buffer) => (this.#log = (this.#log + text.toString()).slice(-200_000)));
    this.#timer = setInterval(() => (this.peakBytes = Math.max(this.peakBytes, this.residentBytes())), MEMORY_EVERY_MS);
  }

  /** Starts a bridge (`main`: its compiled program) with default limits and these further options, or wisp-js. */
  static async start(kind: Target["kind"], main: string, options: readonly string[]): Promise<TargetProcess> {
    const echo = createServer();
    const echoPort = await listenEcho(echo);
    const directory = mkdtempSync(join(tmpdir(), "bridge-abuse-"));
    writePage(directory);
    const settings = ["--port", "0", "--page", join(directory, "page"), "--data", join(directory, "data"), "--allow", ECHO_NAME.bridge, ...options];
    const child = spawn(process.execPath, kind === "bridge" ? [main, ...settings] : [WISP_SERVER], { stdio: ["ignore", "pipe", "pipe"] });
    const port = await new Promise<number>((resolve, reject) => {
      let [out, errors] = ["", ""];
      const timer = setTimeout(() => reject(new Error(`${kind} did not start: ${errors}`)), START_MS);
      child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
      child.on("exit", (code) => reject(new Error(`${kind} ended with ${code}: ${errors}`)));
      child.stdout.on("data", (text: Buffer) => {
        out += text.toString();
        const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(out)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(Number(found));
      });
    });
    return new TargetProcess({ kind, port, echoHost: ECHO_NAME[kind], echoPort }, child, echo, directory);
  }

  /** Memory that the process holds, bytes; 0 when it is gone. */
  residentBytes(): number {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;
    } catch {
      return 0;
    }
  }

  /** What went wrong inside: it has ended, or has logged an error. */
  faults(): string[] {
    const { exitCode, signalCode } = this.#child;
    const lines = this.#log.split("\n").filter((line) => line.includes('"level":"error"') || /^\s+at |Error:/.test(line));
    return [
      ...(exitCode === null && signalCode === null ? [] : [`the process has ended with ${signalCode ?? exitCode}`]),
      ...lines.slice(0, 1).map((line) => `its log says ${line.slice(0, 200)}`),
    ];
  }

  /** Ends it, and removes what it kept. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const gone = new Promise((resolve) => void this.#child.once("exit", resolve));
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill("SIGKILL");
      await gone;
    }
    this.#echo.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

function writePage(directory: string): void {
  mkdirSync(join(directory, "page", "assets"), { recursive: true });
  writeFileSync(join(directory, "page", "index.html"), `<!doctype html><title>page</title>${"<p>text</p>".repeat(500)}`);
  writeFileSync(join(directory, "page", LARGE_FILE), randomBytes(LARGE_FILE_BYTES));
  writeFileSync(join(directory, "page", LARGE_FILE.replace("large", "small")), randomBytes(SMALL_FILE_BYTES));
}
