import type { LessonText, StepText } from "./lesson-text.ts";
import type { Block, CodeBlock } from "./tree.ts";

/** All blocks of code of a text, in order. */
export function codeBlocks({ introduction, steps }: LessonText): CodeBlock[] {
  return codeOf([...introduction, ...steps.flatMap((step) => blocksOf(step))]).filter((found) => typeof found !== "string");
}

/** Everything of a step that stands on lines of its own, in order. Hints for mistakes in the order of their names. */
export function blocksOf({ body, hints, mistakeHints, quiz, predict }: StepText): Block[] {
  const forMistakes = [...mistakeHints].sort(([one], [two]) => (one < two ? -1 : 1)).flatMap(([, blocks]) => blocks);
  const question = quiz ?? predict;
  return [...body, ...(question?.question ?? []), ...(question?.explanation ?? []), ...hints.flat(), ...forMistakes];
}

/** Code and pictures, wherever they stand; of a picture the file alone, since its description is in words. */
export function codeOf(blocks: readonly Block[]): (CodeBlock | string)[] {
  return blocks.flatMap((block): (CodeBlock | string)[] => {
    switch (block.type) {
      case "code-block":
        return [block];
      case "picture":
        return [block.path];
      case "quote":
      case "callout":
        return codeOf(block.children);
      case "list":
        return block.items.flatMap((item) => codeOf(item));
      default:
        return [];
    }
  });
}
