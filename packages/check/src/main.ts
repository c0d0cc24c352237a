/** `npm run check`: see HELP in command-line.ts. */
import { AnalysisError, loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { ReadError, readTargets } from "@playground/project-files";
import { REFERENCE, renderDefinitions } from "@playground/zone/reference";
import { checkProject } from "./check-project.ts";
import { HELP, parseCommandLine } from "./command-line.ts";
import { renderJson, renderText } from "./render.ts";

/** Exit codes: errors were found, and there was nothing that could be checked. */
const EXIT_FOUND = 1;
const EXIT_USAGE = 2;

async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2), process.env);
  if (command.kind === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  if (command.kind === "error") {
    process.stderr.write(`${command.message}\n`);
    return EXIT_USAGE;
  }
  const { targets, json, mode, language } = command.options;
  // npm runs scripts in the project's folder; the paths are meant from where the command was given.
  const from = process.env["INIT_CWD"] ?? process.cwd();
  const projects = await readTargets(targets, from);

  using analysis = await loadAnalysis(await readAnalysisWasm());
  analysis.setDefinitions(renderDefinitions(REFERENCE));
  const checked = projects.map((project) => checkProject(analysis, project, mode));
  const colours = process.stdout.isTTY && !process.env["NO_COLOR"];
  process.stdout.write(json ? renderJson(checked) : renderText(checked, { colours, language }));
  return checked.some(({ findings }) => findings.some(({ severity }) => severity === "error")) ? EXIT_FOUND : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ReadError || error instanceof AnalysisError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = EXIT_USAGE;
}
