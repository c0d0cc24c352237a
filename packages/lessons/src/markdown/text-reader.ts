import type { Node } from "mdast";
import type { Problems } from "../lesson-error.ts";
import { MAX_NODES } from "../limits.ts";
import { textFault } from "../text-fault.ts";

/** What is gathered while one text is read. */
export class TextReader {
  readonly file: string;
  readonly lessonLinks: { readonly lesson: string; readonly line: number }[] = [];
  readonly referenceLinks: { readonly topic: string; readonly line: number }[] = [];
  readonly pictures: { readonly path: string; readonly line: number }[] = [];
  readonly #problems: Problems;
  #nodes = 0;

  constructor(file: string, problems: Problems) {
    this.file = file;
    this.#problems = problems;
  }

  /** Counts a node. Gives false from the limit on. */
  count(node: Node): boolean {
    this.#nodes += 1;
    if (this.#nodes === MAX_NODES + 1) this.refuse(node, `the text has more than ${MAX_NODES} parts; make two lessons of it`);
    return this.#nodes <= MAX_NODES;
  }

  /** A text that readers see, as it stands in a node. */
  seen(node: Node, text: string): string {
    const fault = textFault(text);
    if (fault !== undefined) this.problem(node, `the text ${fault}`);
    return text;
  }

  problem(node: Node | undefined, message: string): void {
    this.#problems.add(this.file, node?.position?.start.line, message);
  }

  /** A problem, and nothing in place of the node. */
  refuse(node: Node, message: string): [] {
    this.problem(node, message);
    return [];
  }
}
