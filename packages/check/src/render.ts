import { diagnosticHelp } from "@playground/luau-analysis";
import { adviseDiagnostic } from "@playground/zone/advice";
import type { CheckedProject, Finding } from "./check-project.ts";

/** For programs: an array with one object for each diagnostic. */
export function renderJson(projects: readonly CheckedProject[]): string {
  const findings = projects.flatMap((project) => project.findings);
  const rows = findings.map(({ path, line, column, endLine, endColumn, severity, category, code, message }) => ({
    path,
    line,
    column,
    endLine,
    endColumn,
    severity,
    category,
    code,
    message,
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

/** For people: `path:line:column: error Code: message`, which terminals and editors make links of; help stands below. */
export function renderText(projects: readonly CheckedProject[], options: { readonly colours: boolean; readonly language: "en" | "ru" }): string {
  const findings = projects.flatMap((project) => project.findings);
  const paint = (style: string, text: string): string => (options.colours ? `\u001B[${style}m${text}\u001B[0m` : text);
  const lines = findings.map((finding) => {
    const help = (adviseDiagnostic(finding) ?? diagnosticHelp(finding.code))?.[options.language];
    const severity = paint(finding.severity === "error" ? "31" : "33", finding.severity);
    const head = `${paint("1", `${finding.path}:${finding.line}:${finding.column}`)}: ${severity} ${finding.code}: ${finding.message.trim().replaceAll("\n", "\n    ")}`;
    return help === undefined ? head : `${head}\n    ${paint("2", help)}`;
  });
  const files = projects.reduce((sum, project) => sum + project.files, 0);
  return `${[...lines, summary(findings, files)].join("\n")}\n`;
}

function summary(findings: readonly Finding[], files: number): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return `${count(errors, "error")}, ${count(findings.length - errors, "warning")} in ${count(files, "file")}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
