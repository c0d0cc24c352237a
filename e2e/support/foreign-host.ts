import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a host answers at a path. */
export interface HostAnswer {
  readonly status?: number;
  /** Default: any page may read it. */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | ((response: ServerResponse) => void);
}

const OPEN: OutgoingHttpHeaders = { "access-control-allow-origin": "*", "content-type": "application/json" };

/** A site of somebody else, with files that the page may fetch: `localhost`, while the bridge is at `127.0.0.1`. */
export class ForeignHost {
  readonly #server: Server;
  readonly answers = new Map<string, HostAnswer>();
  readonly requests: IncomingMessage[] = [];

  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<ForeignHost> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = new ForeignHost(server);
    server.on("request", (request, response) => {
      host.requests.push(request);
      const { status = 200, headers = OPEN, body = "" } = host.answers.get(request.url ?? "") ?? { status: 404 };
      response.writeHead(status, headers);
      if (typeof body === "string") response.end(body);
      else body(response);
    });
    return host;
  }

  /** Puts a file there, and gives its address. */
  put(path: string, answer: HostAnswer | string): string {
    this.answers.set(path, typeof answer === "string" ? { body: answer } : answer);
    return this.origin + path;
  }

  /** Nobody is there any more. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A small lesson as `npm run lessons -- build` writes it, by the path of its files. */
export const LESSON_FILES: Readonly<Record<string, string>> = {
  "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["main.luau"], "failsAt": "say" }`,
  "lesson.en.md": lessonText("Say it", "Print `hello`."),
  "lesson.ru.md": lessonText("Скажи", "Напечатай `hello`."),
  "files/main.luau": "-- start\n",
  "solution/main.luau": `print("hello")\n`,
  "check.luau": `local check = zone.check
check.step("say", function()
	check.start():expectPrinted("hello", { en = "Print hello.", ru = "Напечатай hello." })
end)
`,
};

/** The text of that lesson, with something in its first step. */
export function lessonText(title: string, body: string): string {
  return `# ${title}\n\nBefore.\n\n## ${title} 1\n::step{#say}\n\n${body}\n\n:::hint\n${title}\n:::\n\n## ${title} 2\n::step{#more kind="read"}\n\nMore.\n`;
}

/** The same words in both languages. */
export function withBody(body: string): Record<string, string> {
  return { "lesson.en.md": lessonText("Say it", body), "lesson.ru.md": lessonText("Скажи", body) };
}

/** A lesson file with these in place of its own files, and these fields beside. */
export function lessonFile(files: Readonly<Record<string, string>> = {}, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ type: "zone-playground-lesson", format: 1, id: "say-it", files: { ...LESSON_FILES, ...files }, pictures: {}, ...fields });
}
