import { type Diagnostic, lineAndColumn } from "@playground/luau-analysis";
import { editorText } from "../editor/editor-text.ts";

/** A diagnostic with its place as people count it. */
export interface Problem extends Diagnostic {
  /** From 1; columns in UTF-16 units, as the editor counts. */
  readonly line: number;
  readonly column: number;
}

/** Problems of one file that are listed: nobody reads on, and a list of thousands would be slow to draw. */
const MAX_PROBLEMS_PER_FILE = 100;

/** Everything that is wrong in a project, file by file in their order, each by place. */
export function problemsOf(
  files: readonly { readonly name: string; readonly source: string }[],
  diagnostics: (file: string) => readonly Diagnostic[],
): Problem[] {
  return files.flatMap(({ name, source }) =>
    worthSaying(diagnostics(name))
      .slice(0, MAX_PROBLEMS_PER_FILE)
      .map((diagnostic) => ({ ...diagnostic, ...lineAndColumn(editorText(source), diagnostic.range.from) })),
  );
}

/** How many errors and warnings there are in a project. */
export function countProblems(
  files: readonly { readonly name: string }[],
  diagnostics: (file: string) => readonly Diagnostic[],
): { readonly errors: number; readonly warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const { name } of files) {
    for (const { severity } of worthSaying(diagnostics(name))) {
      if (severity === "error") errors++;
      else warnings++;
    }
  }
  return { errors, warnings };
}

/** Of faults of syntax the first: what the parser says afterwards mostly follows from it, and the compiler stops there too. */
function worthSaying(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = diagnostics.find(({ category }) => category === "syntax");
  return first === undefined ? diagnostics : diagnostics.filter((diagnostic) => diagnostic.category !== "syntax" || diagnostic === first);
}
