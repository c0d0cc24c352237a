import type { Code } from "mdast";
import type { ContainerDirective } from "mdast-util-directive";
import { MAX_ANSWERS } from "../limits.ts";
import { readBlocks } from "./blocks.ts";
import { readInlines } from "./inlines.ts";
import type { Prediction, Quiz } from "./lesson-text.ts";
import type { TextReader } from "./text-reader.ts";
import type { Inline } from "./tree.ts";

/** `:::quiz`: the question, a list of answers with `[x]` or `[ ]` in front, and an explanation. */
export function readQuiz(reader: TextReader, node: ContainerDirective): Quiz | undefined {
  const place = node.children.map(({ type }) => type).lastIndexOf("list");
  const list = node.children[place];
  if (list?.type !== "list") {
    reader.problem(node, ":::quiz needs a list of answers: `- [x] right` and `- [ ] wrong`");
    return undefined;
  }
  const answers = list.children.flatMap((item) => {
    const [paragraph] = item.children;
    const inlines = paragraph?.type === "paragraph" && item.children.length === 1 ? readInlines(reader, paragraph.children) : [];
    const [first, ...rest] = inlines;
    const mark = first?.type === "text" ? /^\[([ xX])\]\s+/.exec(first.text) : null;
    if (first?.type !== "text" || mark === null) return reader.refuse(item, "an answer is one paragraph and begins with [x] where it is right, else with [ ]");
    const text: Inline = { type: "text", text: first.text.slice(mark[0].length) };
    return [{ children: [text, ...rest], isRight: mark[1] !== " " }];
  });
  const right = answers.filter(({ isRight }) => isRight).length;
  if (right === 0) reader.problem(list, "no answer is right; mark one with [x]");
  if (answers.length < 2 || answers.length > MAX_ANSWERS) reader.problem(list, `a question has 2 to ${MAX_ANSWERS} answers, this one ${answers.length}`);
  return {
    question: readBlocks(reader, node.children.slice(0, place)),
    answers,
    isMultiple: right > 1,
    explanation: readBlocks(reader, node.children.slice(place + 1)),
  };
}

/** `:::predict`: the question, blocks of code in the language `answer`, and an explanation. */
export function readPrediction(reader: TextReader, node: ContainerDirective): Prediction | undefined {
  const place = node.children.findIndex(isAnswer);
  if (place < 0) {
    reader.problem(node, ":::predict needs what the answer is, in a code block of the language `answer`");
    return undefined;
  }
  return {
    question: readBlocks(reader, node.children.slice(0, place)),
    answers: node.children.filter(isAnswer).map(({ value }) => value),
    explanation: readBlocks(
      reader,
      node.children.slice(place).filter((child) => !isAnswer(child)),
    ),
  };
}

function isAnswer(child: ContainerDirective["children"][number]): child is Code {
  return child.type === "code" && child.lang === "answer";
}
