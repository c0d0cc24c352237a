// @ts-check
import { spawn } from "node:child_process";
import { root } from "../setup/paths.mjs";
import { say } from "../setup/progress.mjs";

/** Milliseconds that a process has to end by itself: longer than a bridge takes to bring out what was sent. */
const END_MS = 6_000;

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** Programs of Node's that run together: when one ends by itself, all end, and this process with them. */
export class ChildProcesses {
  /** @type {Set<ChildProcess>} */
  #running = new Set();
  #isEnding = false;

  get isEnding() {
    return this.#isEnding;
  }

  /**
   * Starts a program; what it writes to standard error is shown.
   *
   * @param {string} name
   * @param {readonly string[]} words
   * @param {{ env?: Record<string, string>, mayEnd?: boolean }} [options] `mayEnd`: the others go on when it ends
   * @returns {ChildProcess}
   */
  start(name, words, { env = {}, mayEnd = false } = {}) {
    const child = spawn(process.execPath, words, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    this.#running.add(child);
    child.on("close", (status) => {
      if (!this.#running.delete(child) || this.#isEnding) return;
      say(`  ${name} ended with status ${status}${mayEnd ? "; the next change starts it again" : ""}`);
      if (!mayEnd) void this.endAll(1);
    });
    return child;
  }

  /** Ends a process for good; one that does not end in time is killed. @param {ChildProcess} child */
  async end(child) {
    this.#running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => void child.once("close", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), END_MS);
    await ended;
    clearTimeout(timer);
  }

  /** Ends all of them, and then this process. @param {number} status */
  async endAll(status) {
    if (this.#isEnding) return;
    this.#isEnding = true;
    await Promise.all([...this.#running].map((child) => this.end(child)));
    process.exit(status);
  }
}
