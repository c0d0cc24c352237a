import type { Problems } from "../lesson-error.ts";
import { LANGUAGES, type Language } from "../local-text.ts";
import type { LessonText } from "../markdown/lesson-text.ts";
import { blocksOf, codeOf } from "../markdown/code-of-text.ts";
import type { ReadText } from "../markdown/read-lesson-text.ts";

/** Looks whether both texts have the same steps, code, pictures, hints and answers; only the words may differ. */
export function compareTexts(texts: Readonly<Record<Language, ReadText>>, problems: Problems): void {
  const [first, second] = LANGUAGES;
  const file = `lesson.${second}.md`;
  const other = texts[second].text.steps;
  if (ids(texts[first].text) !== ids(texts[second].text)) {
    problems.add(
      file,
      undefined,
      `the steps are ${ids(texts[second].text)}, and in lesson.${first}.md ${ids(texts[first].text)}; both languages have the same`,
    );
    return;
  }
  const compare = (line: number | undefined, what: string, one: unknown, two: unknown): void => {
    if (JSON.stringify(one) !== JSON.stringify(two))
      problems.add(file, line, `${what} is another one than in lesson.${first}.md; both languages have the same`);
  };
  compare(undefined, "the code before the first step", codeOf(texts[first].text.introduction), codeOf(texts[second].text.introduction));
  texts[first].text.steps.forEach((step, index) => {
    const twin = other[index]!;
    const line = texts[second].stepLines.get(step.id);
    compare(line, `the kind of the step ${step.id}`, step.kind, twin.kind);
    compare(line, `the code of the step ${step.id}`, codeOf(blocksOf(step)), codeOf(blocksOf(twin)));
    compare(line, `the number of hints of the step ${step.id}`, step.hints.length, twin.hints.length);
    compare(line, `the list of mistakes of the step ${step.id}`, [...step.mistakeHints.keys()].sort(), [...twin.mistakeHints.keys()].sort());
    compare(
      line,
      `the list of right answers of the step ${step.id}`,
      step.quiz?.answers.map(({ isRight }) => isRight),
      twin.quiz?.answers.map(({ isRight }) => isRight),
    );
    compare(line, `the answer of the step ${step.id}`, step.predict?.answers, twin.predict?.answers);
  });
}

function ids({ steps }: LessonText): string {
  return steps.map(({ id }) => id).join(", ");
}
