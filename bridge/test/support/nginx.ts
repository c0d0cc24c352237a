import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { onTestFinished } from "vitest";

const DEPLOY = new URL("../../../docs/deploy.md", import.meta.url);

/** Debian keeps nginx where only root's path leads. */
const DIRECTORIES = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];

/** The nginx of this machine; undefined when it has none. */
export const NGINX = DIRECTORIES.map((directory) => join(directory, "nginx")).find((path) => existsSync(path));

/** The configuration that `docs/deploy.md` shows. */
export function documentedConfig(): string {
  const block = /```nginx\n(.*?)```/s.exec(readFileSync(DEPLOY, "utf8"))?.[1];
  if (block === undefined) throw new Error("docs/deploy.md has no block of nginx");
  return block;
}

/** Replaces each text, which has to be there. */
export function replaceAll(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`docs/deploy.md no longer has ${JSON.stringify(from)}`);
    return result.replaceAll(from, to);
  }, text);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "bridge-nginx-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs nginx in the foreground with this configuration of a site, until the test is over. Settles when it takes connections. */
export async function runNginx(program: string, directory: string, site: string, port: number): Promise<void> {
  await mkdir(join(directory, "tmp"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${join(directory, "tmp", kind)};`);
  const main = [
    // Its workers have to get into the directory.
    ...(process.getuid?.() === 0 ? ["user root root;"] : []),
    "daemon off;",
    "worker_processes 1;",
    `pid ${join(directory, "nginx.pid")};`,
    "error_log stderr warn;",
    "events { worker_connections 1024; }",
    "http {",
    "access_log off;",
    ...temporary,
    `include ${join(directory, "site.conf")};`,
    "}",
  ].join("\n");
  await writeFile(join(directory, "site.conf"), site);
  await writeFile(join(directory, "nginx.conf"), main);
  const child = spawn(program, ["-p", directory, "-e", "stderr", "-c", join(directory, "nginx.conf")]);
  let errors = "";
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<never>((_resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`nginx ended with ${code}: ${errors}`)));
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
