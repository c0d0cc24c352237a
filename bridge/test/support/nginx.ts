import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findServer, runServer } from "./proxy.ts";

/** The nginx of this machine; undefined when it has none. */
export const NGINX = findServer("nginx");

/** Runs nginx with this configuration of a site, until the test is over. Settles when it takes connections. */
export async function runNginx(program: string, directory: string, site: string, port: number): Promise<void> {
  await mkdir(join(directory, "tmp"), { recursive: true });
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
  await runServer(program, ["-p", directory, "-e", "stderr", "-c", join(directory, "nginx.conf")], port);
}
