import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Copy, DockerfileParser, type Instruction } from "dockerfile-ast";

/** What an image starts with, its paths leading into a folder of this machine. */
export interface Image {
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Numbers of its user and group. */
  readonly user: { readonly uid: number; readonly gid: number };
}

/**
 * Runs the steps of a Dockerfile without a container: each stage is a folder, and an absolute path of the image leads into it. Takes what
 * needs no container: programs as lists of words, and copies. What it does not know is an error, so that nothing is left out in silence.
 */
export class ImageSteps {
  /** All stages; removed with `remove`. */
  readonly folder = mkdtempSync(join(tmpdir(), "zone-image-"));
  readonly #context: string;
  readonly #stages = new Map<string, string>();

  /** @param context the folder that is copied from */
  constructor(context: string) {
    this.#context = context;
    // The image's user reads what is in it.
    chmodSync(this.folder, 0o755);
  }

  /** Runs all of them, and gives what the last stage has become. */
  run(dockerfile: string): Image {
    let root = this.folder;
    const environment: Record<string, string> = {};
    const found: { entrypoint?: string[]; healthcheck?: string[]; user?: string } = {};
    for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
      const words = wordsOf(instruction);
      switch (instruction.getKeyword()) {
        case "FROM":
          root = join(this.folder, `stage-${this.#stages.size}`);
          mkdirSync(root);
          this.#stages.set(words[2] ?? "", root);
          break;
        case "COPY":
          this.#copy(words, instruction instanceof Copy ? (instruction.getFromFlag()?.getValue() ?? undefined) : undefined, root);
          break;
        case "RUN": {
          const [program = "", ...args] = inRoot(words, root);
          execFileSync(program, isRoot ? args : args.filter((arg) => !/^--(?:owner|group)=/.test(arg)), { stdio: "pipe" });
          break;
        }
        case "ENV":
          for (const word of words) environment[word.slice(0, word.indexOf("="))] = inRoot([word.slice(word.indexOf("=") + 1)], root)[0] ?? "";
          break;
        case "USER":
          found.user = words[0] ?? "";
          break;
        case "HEALTHCHECK":
          found.healthcheck = inRoot(words, root);
          break;
        case "ENTRYPOINT":
          found.entrypoint = inRoot(words, root);
          break;
        case "EXPOSE":
        case "VOLUME":
          break;
        default:
          throw new Error(`${instruction.getKeyword()} is not known here`);
      }
    }
    const [uid, gid] = (found.user ?? "").split(":").map(Number);
    if (found.entrypoint === undefined || found.healthcheck === undefined || !uid || !gid)
      throw new Error("the image has no entry point, no health check, or no user by number who is not root");
    return { entrypoint: found.entrypoint, healthcheck: found.healthcheck, environment, user: { uid, gid } };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #copy([source = "", target = ""]: readonly string[], from: string | undefined, root: string): void {
    const base = from === undefined ? this.#context : this.#stages.get(from);
    if (base === undefined) throw new Error(`no stage is called ${from}`);
    const folder = join(base, dirname(source));
    const [begin = "", end] = basename(source).split("*");
    const files = readdirSync(folder).filter((name) => (end === undefined ? name === begin : name.startsWith(begin) && name.endsWith(end)));
    if (files.length !== 1) throw new Error(`${source} is ${files.length} files or folders`);
    for (const file of files) cpSync(join(folder, file), join(root, target), { recursive: true, verbatimSymlinks: true });
  }
}

/** Whether this process may give files to others. */
export const isRoot = process.getuid?.() === 0;

/** The words behind an instruction, without its flags: a list in JSON, or what spaces part. */
function wordsOf(instruction: Instruction): string[] {
  const text = (instruction.getRawArgumentsContent() ?? "").replaceAll(/\\\n\s*/g, "");
  const list = text.indexOf("[");
  return list >= 0 ? (JSON.parse(text.slice(list)) as string[]) : text.split(/\s+/);
}

/** Absolute paths of the image as they are here. */
function inRoot(words: readonly string[], root: string): string[] {
  return words.map((word) => (word.startsWith("/") ? join(root, dirname(word), basename(word)) : word));
}
