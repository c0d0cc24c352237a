import { type Analysis, type CheckMode, type Diagnostic, lineAndColumn } from "@playground/luau-analysis";
import type { ProjectFiles } from "./read-project.ts";

/** A diagnostic as it is printed. */
export interface Finding extends Omit<Diagnostic, "related"> {
  /** Path as the caller can open it. */
  readonly path: string;
  /** From 1, in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface CheckedProject {
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** Checks one project. `analysis` has the definitions already, and is left without files. */
export function checkProject(analysis: Analysis, project: ProjectFiles, mode: CheckMode | undefined): CheckedProject {
  analysis.setMode(mode ?? project.mode ?? "strict");
  for (const [name, source] of project.files) analysis.setFile(name, source);
  try {
    const findings = analysis
      .check()
      .filter(({ file }) => project.wanted.has(file))
      .map(({ related: _related, ...diagnostic }) => located(diagnostic, project));
    findings.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.from - b.range.from));
    return { files: project.wanted.size, findings };
  } finally {
    for (const name of project.files.keys()) analysis.removeFile(name);
  }
}

function located(diagnostic: Omit<Diagnostic, "related">, { files, prefix }: ProjectFiles): Finding {
  const source = files.get(diagnostic.file) ?? "";
  const start = lineAndColumn(source, diagnostic.range.from);
  const end = lineAndColumn(source, diagnostic.range.to);
  return { ...diagnostic, path: prefix + diagnostic.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
