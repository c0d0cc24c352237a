import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Bridge } from "../../src/index.ts";
import { until } from "./running-bridge.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** A bridge in a process of its own, so that its memory can be told from the test's. */
export interface BridgeChild {
  /** What clients of the tests need of a bridge. */
  readonly bridge: Bridge;
  /** Bytes of memory that the process holds. Linux only. */
  residentBytes(): number;
  /** What `/healthz` tells. */
  health(): Promise<Record<string, number>>;
  /** What it has written to standard error. */
  errors(): string;
  /** Whether the process is gone. */
  hasEnded(): boolean;
}

/** Starts the compiled bridge; ended with the test. */
export async function bridgeChild(...args: string[]): Promise<BridgeChild> {
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge"], { cwd: ROOT });
  const child = spawn(process.execPath, [MAIN, "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  await until(() => out.includes("\n"), "the link", 20_000);
  const url = /http:\/\/\S+/.exec(out)?.[0] ?? "";
  return {
    bridge: { url, port: Number(new URL(url).port) } as Bridge,
    residentBytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024,
    health: async () => (await (await fetch(`${url}healthz`)).json()) as Record<string, number>,
    errors: () => errors,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
}
