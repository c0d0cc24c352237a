import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";

/** What the parts of the page do with projects. */
export interface ProjectActions {
  showProjects(): void | Promise<void>;
  showExamples(): void | Promise<void>;
  showLessons(): void | Promise<void>;
  share(): void | Promise<void>;
  save(): void | Promise<void>;
  exportFile(): void | Promise<void>;
  importFile(): void | Promise<void>;
}

export function projectCommands(actions: ProjectActions): Command[] {
  return [
    { id: "project.list", group: "project", label: () => msg("Projects…", { id: "command-projects" }), shortcut: "Alt-o", run: () => actions.showProjects() },
    {
      id: "project.examples",
      group: "project",
      label: () => msg("Examples…", { id: "command-examples" }),
      shortcut: "Alt-e",
      run: () => actions.showExamples(),
    },
    {
      id: "project.lessons",
      group: "project",
      label: () => msg("Lessons…", { id: "command-lessons" }),
      shortcut: "Alt-l",
      run: () => actions.showLessons(),
    },
    { id: "project.share", group: "project", label: () => msg("Share…", { id: "command-share" }), shortcut: "Alt-s", run: () => actions.share() },
    { id: "project.save", group: "project", label: () => msg("Save", { id: "command-save" }), shortcut: "Mod-s", run: () => actions.save() },
    { id: "project.import", group: "project", label: () => msg("Import a file…", { id: "import" }), run: () => actions.importFile() },
    { id: "project.export", group: "project", label: () => msg("Export as a file", { id: "export" }), run: () => actions.exportFile() },
  ];
}
