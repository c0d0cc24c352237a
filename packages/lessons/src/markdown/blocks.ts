import type { BlockContent, Code, DefinitionContent, List, Paragraph, RootContent, Table } from "mdast";
import type { ContainerDirective } from "mdast-util-directive";
import { MAX_NESTING } from "../limits.ts";
import { readInlines, shortened } from "./inlines.ts";
import type { TextReader } from "./text-reader.ts";
import { type Block, CALLOUT_KINDS, type CodeBlock } from "./tree.ts";

type Content = RootContent | BlockContent | DefinitionContent;

/** Blocks as plain data; what a lesson may not have is a problem, and left out. */
export function readBlocks(reader: TextReader, nodes: readonly Content[], depth = 0): Block[] {
  return nodes.flatMap((node) => readBlock(reader, node, depth));
}

function readBlock(reader: TextReader, node: Content, depth: number): Block[] {
  if (!reader.count(node)) return [];
  if (depth > MAX_NESTING) return reader.refuse(node, `lists, quotes and directives are nested more than ${MAX_NESTING} deep; nest less`);
  switch (node.type) {
    case "paragraph":
      return readParagraph(reader, node);
    case "heading":
      if (depth > 0 || (node.depth !== 3 && node.depth !== 4))
        return reader.refuse(node, "within a step headings have ### or ####, outside of lists and directives");
      return [{ type: "heading", level: node.depth, children: readInlines(reader, node.children) }];
    case "list":
      return [readList(reader, node, depth)];
    case "blockquote":
      return [{ type: "quote", children: readBlocks(reader, node.children, depth + 1) }];
    case "code":
      return [readCode(reader, node)];
    case "table":
      return [readTable(reader, node)];
    case "thematicBreak":
      return [{ type: "rule" }];
    case "containerDirective":
      return readCallout(reader, node, depth);
    case "leafDirective":
      return reader.refuse(node, `::${node.name} is unknown, or stands in the wrong place; see docs/lesson-format.md`);
    case "html":
      return reader.refuse(node, `HTML is not shown in lessons: ${shortened(node.value)}`);
    default:
      return reader.refuse(node, `${node.type} is not for lessons; write links as [text](https://…)`);
  }
}

function readParagraph(reader: TextReader, node: Paragraph): Block[] {
  const [first] = node.children;
  if (node.children.length !== 1 || first?.type !== "image") return [{ type: "paragraph", children: readInlines(reader, node.children) }];
  if (!/^pictures\/[\w.-]+\.(?:png|webp)$/.test(first.url))
    return reader.refuse(first, `the picture ${shortened(first.url)} has to be one of the lesson's own: pictures/name.png or .webp`);
  if ((first.alt ?? "").trim() === "") return reader.refuse(first, "say in words what the picture shows: ![words](pictures/…)");
  reader.pictures.push({ path: first.url, line: first.position?.start.line ?? 1 });
  return [{ type: "picture", path: first.url, description: reader.seen(first, first.alt ?? "") }];
}

function readList(reader: TextReader, node: List, depth: number): Block {
  const items = node.children.map((item) => (reader.count(item) ? readBlocks(reader, item.children, depth + 1) : []));
  return { type: "list", ordered: node.ordered === true, start: node.start ?? 1, items };
}

function readTable(reader: TextReader, node: Table): Block {
  return { type: "table", rows: node.children.map((row) => row.children.map((cell) => (reader.count(cell) ? readInlines(reader, cell.children) : []))) };
}

/** A fence's info: the language, then `run`, or `open` or `compare` with `file=name`. */
export function readCode(reader: TextReader, node: Code): CodeBlock {
  const language = node.lang ?? "text";
  let action: CodeBlock["action"];
  let file: string | undefined;
  for (const word of (node.meta ?? "").split(/\s+/).filter(Boolean)) {
    const named = /^file=([\w.-]+)$/.exec(word)?.[1];
    if (named !== undefined) file = named;
    else if (word === "run" || word === "open" || word === "compare") action = word;
    else reader.problem(node, `"${shortened(word)}" behind the language of a code block is unknown; it takes run, open, compare and file=name`);
  }
  if ((action === "open" || action === "compare") && file === undefined)
    reader.problem(node, `${action} needs the file that it is about: ${action} file=server.luau`);
  if (action !== undefined && language !== "luau") reader.problem(node, `only luau can ${action}`);
  return { type: "code-block", language, text: reader.seen(node, node.value), ...(action !== undefined && { action }), ...(file !== undefined && { file }) };
}

function readCallout(reader: TextReader, node: ContainerDirective, depth: number): Block[] {
  const kind = CALLOUT_KINDS.find((known) => known === node.name);
  if (kind === undefined) return reader.refuse(node, `:::${node.name} is unknown, or stands in the wrong place; see docs/lesson-format.md`);
  const { label, content } = withoutLabel(node);
  return [{ type: "callout", kind, title: label === undefined ? [] : readInlines(reader, label.children), children: readBlocks(reader, content, depth + 1) }];
}

/** What a directive has in brackets, and the rest. */
export function withoutLabel(node: ContainerDirective): { readonly label: Paragraph | undefined; readonly content: ContainerDirective["children"] } {
  const [first, ...rest] = node.children;
  if (first?.type === "paragraph" && first.data?.directiveLabel === true) return { label: first, content: rest };
  return { label: undefined, content: node.children };
}
