import type { Link, PhrasingContent } from "mdast";
import { MAX_NESTING } from "../limits.ts";
import type { TextReader } from "./text-reader.ts";
import type { Inline, LinkTarget } from "./tree.ts";

/** Running text as plain data; what it may not have is a problem, and left out. */
export function readInlines(reader: TextReader, nodes: readonly PhrasingContent[], depth = 0): Inline[] {
  return nodes.flatMap((node) => readInline(reader, node, depth));
}

/** The words alone. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === "break" ? " " : "text" in inline ? inline.text : plainText(inline.children))).join("");
}

function readInline(reader: TextReader, node: PhrasingContent, depth: number): Inline[] {
  if (!reader.count(node)) return [];
  if (depth > MAX_NESTING) return reader.refuse(node, `marks are nested more than ${MAX_NESTING} deep; nest less`);
  switch (node.type) {
    case "text":
      return [{ type: "text", text: reader.seen(node, node.value).replaceAll("\n", " ") }];
    case "inlineCode":
      return [{ type: "code", text: reader.seen(node, node.value) }];
    case "emphasis":
    case "strong":
      return [{ type: node.type, children: readInlines(reader, node.children, depth + 1) }];
    case "break":
      return [{ type: "break" }];
    case "link":
      return readLink(reader, node, depth);
    case "html":
      return reader.refuse(node, `HTML is not shown in lessons: ${shortened(node.value)}; put it into \`backticks\` if it is meant as text`);
    case "image":
      return reader.refuse(node, "a picture stands in a paragraph of its own");
    case "linkReference":
    case "imageReference":
      return reader.refuse(node, "write the address behind the text: [text](https://…)");
    default:
      return reader.refuse(node, `${node.type} is not for lessons`);
  }
}

function readLink(reader: TextReader, node: Link, depth: number): Inline[] {
  const target = linkTarget(node.url);
  if (typeof target === "string") return reader.refuse(node, target);
  if (target.kind === "lesson") reader.lessonLinks.push({ lesson: target.lesson, line: node.position?.start.line ?? 1 });
  if (target.kind === "reference") reader.referenceLinks.push({ topic: target.topic, line: node.position?.start.line ?? 1 });
  return [{ type: "link", target, children: readInlines(reader, node.children, depth + 1) }];
}

/** Where an address leads, or what is wrong with it. */
function linkTarget(address: string): LinkTarget | string {
  const own = /^(reference|lesson):([\w.:-]+)$/.exec(address);
  if (own?.[1] === "reference") return { kind: "reference", topic: own[2]! };
  if (own?.[1] === "lesson") return { kind: "lesson", lesson: own[2]! };
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return `the link ${shortened(address)} leads nowhere; write https://…, reference:… or lesson:…`;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `the link ${shortened(address)} has the scheme ${shortened(url.protocol)}, and a lesson's links are http or https`;
  if (url.username !== "" || url.password !== "") return `the link ${shortened(address)} has a name in front of its host; leave it out`;
  return { kind: "web", url: url.href };
}

/** Characters of a stranger's text that are quoted in a problem. */
const QUOTED_CHARS = 60;

export function shortened(text: string): string {
  return text.length > QUOTED_CHARS ? `${text.slice(0, QUOTED_CHARS)}…` : text;
}
