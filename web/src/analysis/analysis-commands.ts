import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";

/** What the reader sees of the type checker beside the code. */
export interface AnalysisActions {
  showProblems(): void | Promise<void>;
  chooseMode(): void | Promise<void>;
}

export function analysisCommands({ showProblems, chooseMode }: AnalysisActions): Command[] {
  return [
    { id: "project.check-mode", group: "project", label: () => msg("Type checking…", { id: "command-check-mode" }), run: chooseMode },
    { id: "view.problems", group: "view", label: () => msg("Problems in all files…", { id: "command-problems" }), run: showProblems },
  ];
}
