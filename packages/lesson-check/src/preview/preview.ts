import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bridge, BridgeStartError, startBridge } from "@playground/bridge";
import { LessonError, type LessonProblem, problemsFile, problemText } from "@playground/lessons";
import { plainText } from "@playground/safe-text";
import { lessonFiles } from "../author/lesson-files.ts";
import { PreviewServer } from "./preview-server.ts";

/** The built page. */
const PAGE = fileURLToPath(new URL("../../../../web/dist", import.meta.url));

/** Milliseconds between two looks at the files. Looking is surer than being told: editors put new files in the place of old ones, and folders may lie on another computer. */
const LOOK_MS = 300;

/** Milliseconds for a bridge to end what is still open. */
const CLOSE_MS = 200;

export interface PreviewOptions {
  /** A course or a lesson. */
  readonly target: string;
  readonly from: string;
  /** The page's; 0 for any free one. */
  readonly port: number;
  readonly out: (text: string) => void;
  /** Resolves when it is to end. */
  readonly whenStopped: () => Promise<void>;
}

/** Serves a lesson or a course in the built page, with a bridge, and reloads it when a file changes, until it is stopped. @throws {LessonError} where there is no such folder */
export async function preview({ target, from, port, out, whenStopped }: PreviewOptions): Promise<void> {
  const folder = resolve(from, target);
  if (!existsSync(folder)) throw new LessonError([{ file: target, message: "there is no such folder" }]);
  const files = new PreviewFiles(target, from);
  const bridge = await openBridge(port);
  const server = await PreviewServer.start(port === 0 ? 0 : bridge.port + 1, new URL(bridge.url).origin, (name) => files.text(name));
  const told = (): void => out(`${files.problems.length === 0 ? "It holds together." : plainText(files.problems.map(problemText).join("\n"))}\n`);
  // What lessons share lies beside them.
  const watched = existsSync(join(dirname(folder), "course.json")) ? dirname(folder) : folder;
  let seen = stateOf(watched);
  const look = setInterval(() => {
    const now = stateOf(watched);
    if (now === seen) return;
    seen = now;
    if (!files.read()) return;
    told();
    server.tellChange();
  }, LOOK_MS);
  out(`${bridge.url}room/preview/#lesson=${server.url}${files.first}\n`);
  out("Open this link. Each change of a file is shown in the page; its menu has the other language. Ctrl+C ends the preview.\n");
  told();
  await whenStopped();
  clearInterval(look);
  await Promise.all([server.close(), bridge.close(CLOSE_MS)]);
}

/** The files of a preview as they are now. */
class PreviewFiles {
  readonly #target: string;
  readonly #from: string;
  readonly #isCourse: boolean;
  #files = new Map<string, string>();
  problems: readonly LessonProblem[] = [];

  constructor(target: string, from: string) {
    this.#target = target;
    this.#from = from;
    this.#isCourse = existsSync(join(resolve(from, target), "course.json"));
    this.read();
  }

  /** The name of the file that the link leads to. */
  get first(): string {
    const name = basename(resolve(this.#from, this.#target));
    return this.#isCourse ? "preview.course.json" : `${name}.lesson.json`;
  }

  /** Reads the folder anew. Gives whether anything is another now. */
  read(): boolean {
    const before = JSON.stringify([[...this.#files], this.problems]);
    try {
      const written = lessonFiles(this.#target, this.#from, true);
      this.#files = new Map(written.map(({ name, text }) => [name.endsWith(".course.json") ? this.first : name, text]));
      this.problems = [];
    } catch (error) {
      if (!(error instanceof LessonError)) throw error;
      this.problems = error.problems;
    }
    return JSON.stringify([[...this.#files], this.problems]) !== before;
  }

  /** A file by its name; while something is wrong, what that is. */
  text(name: string): string | undefined {
    if (this.problems.length > 0 && (name === this.first || this.#files.has(name))) return problemsFile(this.problems);
    return this.#files.get(name);
  }
}

/** What tells that a file below a folder has changed, came or went. */
function stateOf(folder: string): string {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const { mtimeMs, size } = statSync(path);
        return `${path} ${mtimeMs} ${size}`;
      })
      .join("\n");
  } catch {
    // A file went while it was looked at: the next look sees it.
    return "";
  }
}

/** The bridge of the page; where its port is taken, at any that is free. */
async function openBridge(port: number): Promise<Bridge> {
  // Where loopback has one address alone, all machines have one space of ports.
  const network = process.platform === "linux" ? "lan" : "host";
  const at = async (wanted: number): Promise<Bridge> => startBridge({ host: "127.0.0.1", port: wanted, network, allow: [], page: PAGE, publicHosts: [] });
  try {
    return await at(port);
  } catch (error) {
    if (!(error instanceof BridgeStartError) || error.code !== "address-in-use") throw error;
    return at(0);
  }
}
