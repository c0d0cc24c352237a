import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";

const DEPLOY = new URL("../../../docs/deploy.md", import.meta.url);

/** Debian keeps servers where only root's path leads. */
const DIRECTORIES = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];

/** A program of this machine; undefined when it has none. */
export function findServer(name: string): string | undefined {
  return DIRECTORIES.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

/** The configurations in one language that `docs/deploy.md` shows, in its order. */
export function documentedConfigs(language: string): string[] {
  const blocks = [...readFileSync(DEPLOY, "utf8").matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, block]) => block ?? "");
  if (blocks.length === 0) throw new Error(`docs/deploy.md has no block of ${language}`);
  return blocks;
}

/** Replaces each text, which has to be there. */
export function replaceAll(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`docs/deploy.md no longer has ${JSON.stringify(from)}`);
    return result.replaceAll(from, to);
  }, text);
}

/** A directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "bridge-proxy-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs a proxy in the foreground until the test is over. Settles when it takes connections. @throws when it ends by itself */
export async function runServer(program: string, args: readonly string[], port: number, environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const child = spawn(program, args, { env: { ...process.env, ...environment } });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<never>((_resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}: ${errors}`)));
  });
  ended.catch(() => {});
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended.catch(() => {});
  });
  await Promise.race([ended, answers(port)]);
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end(() => resolve(true)));
      socket.on("error", () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
