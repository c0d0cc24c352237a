import { type Analysis, CHECK_MODES, type CheckMode, type Diagnostic, lineAndColumn } from "@playground/luau-analysis";
import type { ProjectFiles } from "@playground/project-files";

/** What is checked together. */
export type CheckedFiles = Pick<ProjectFiles, "prefix" | "files" | "wanted" | "settings">;

/** The setting of a project that says how strictly it is checked; the page writes it under the same name. */
export const CHECK_MODE_SETTING = "checkMode";

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
export function checkProject(analysis: Analysis, project: CheckedFiles, mode: CheckMode | undefined): CheckedProject {
  analysis.setMode(mode ?? ownMode(project) ?? "strict");
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

/** What the project itself says. */
function ownMode({ settings }: CheckedFiles): CheckMode | undefined {
  return CHECK_MODES.find((known) => known === settings?.[CHECK_MODE_SETTING]);
}

function located(diagnostic: Omit<Diagnostic, "related">, { files, prefix }: CheckedFiles): Finding {
  const source = files.get(diagnostic.file) ?? "";
  const start = lineAndColumn(source, diagnostic.range.from);
  const end = lineAndColumn(source, diagnostic.range.to);
  return { ...diagnostic, path: prefix + diagnostic.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
