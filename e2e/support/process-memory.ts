import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

const KIB = 1024;

/** Bytes of real memory that a process holds (its resident set), or 0 once it has gone. */
export function residentBytes(pid: number): number {
  if (existsSync("/proc/self/status")) {
    if (!existsSync(`/proc/${pid}/status`)) return 0;
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * KIB;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).trim()) * KIB;
}

/** Process ids of the browser's pages and their workers. */
export async function rendererPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/** Bytes of real memory of all pages of a browser together, their workers included. */
export async function pagesResidentBytes(browser: Browser): Promise<number> {
  return (await rendererPids(browser)).reduce((sum, pid) => sum + residentBytes(pid), 0);
}
