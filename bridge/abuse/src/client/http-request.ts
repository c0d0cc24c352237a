import { type Agent, request } from "node:http";
import { projectBytes } from "@playground/share";
import type { Target } from "../target.ts";

/** How the target has answered. */
export interface HttpAnswer {
  /** 0 when it did not: refused, cut, or silent for too long. */
  readonly status: number;
  readonly body: Buffer;
}

/** What is asked. */
export interface HttpQuestion {
  readonly address: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Connections that are used again. Default: a new one for each request. */
  readonly agent?: Agent;
  /** Time for the answer, ms. Default 8,000. */
  readonly withinMs?: number;
}

/** Asks the target. Never rejects. */
export async function ask({ port }: Target, question: HttpQuestion): Promise<HttpAnswer> {
  const { address, path, method = "GET", headers = {}, body, agent = false, withinMs = 8_000 } = question;
  return new Promise((resolve) => {
    const fail = (): void => resolve({ status: 0, body: Buffer.alloc(0) });
    const sent = request({ host: "127.0.0.1", port, localAddress: address, path, method, headers, agent, timeout: withinMs }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      response.on("error", fail);
    });
    sent.on("timeout", () => sent.destroy(new Error("too late")));
    sent.on("error", fail);
    sent.end(body);
  });
}

/** Bytes of one file of a project made here. */
const FILE_BYTES = 11_000;

/** A project as `POST /api/scripts` takes it, of about so many bytes; another title makes another project. */
export function projectText(title: string, bytes = 100): string {
  const count = Math.ceil(bytes / FILE_BYTES);
  const source = `-- ${title}`.padEnd(Math.min(bytes, FILE_BYTES), "x");
  const files = Array.from({ length: count }, (_, index) => ({ name: `file${index}.luau`, source, isProgram: index === 0 }));
  return `{"version":1,"project":${Buffer.from(projectBytes({ title, files })).toString()}}`;
}

/** Asks for a short link; its id, or undefined. */
export async function shortLink(target: Target, address: string, project: string): Promise<{ readonly status: number; readonly id: string | undefined }> {
  const { status, body } = await ask(target, { address, path: "/api/scripts", method: "POST", headers: { "content-type": "application/json" }, body: project });
  return { status, id: status === 200 || status === 201 ? (JSON.parse(body.toString()) as { id: string }).id : undefined };
}
