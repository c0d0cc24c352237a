import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { until } from "./support/running-bridge.ts";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** Runs before the bridge, and tells who called for a port to listen on. */
const TELLS_WHO_LISTENS = `
  import { Server } from "node:net";
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...args) {
    process.stderr.write(JSON.stringify({ stack: new Error("who listens").stack }) + "\\n");
    return listen.apply(this, args);
  };`;

test("a stack of the running bridge names places in its sources", async () => {
  const child = spawn(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(TELLS_WHO_LISTENS)}`, MAIN, "--port", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, errors] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  await until(() => out.includes("\n"), "the link");
  const stack = errors.split("\n").find((line) => line.includes("who listens")) ?? "";
  const { stack: text } = JSON.parse(stack) as { stack: string };
  // Only the program's first file is loaded before the maps are read.
  expect(text).not.toMatch(/\/bridge\/dist\/(?!main\.js)/);
  // The line that the stack names is the one that calls.
  const [, file = "", line] = /\(?(?:file:\/\/)?([^\s()]+\/bridge\/src\/[\w/-]+\.ts):(\d+):\d+/.exec(text) ?? [];
  expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toMatch(/listen/);
});
