import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";
import type { Project } from "./project.ts";

/** The dialog in which files are named. */
export interface FileActions {
  newFile(): void | Promise<void>;
  changeFile(name: string): void | Promise<void>;
}

export function fileCommands(project: Project, actions: FileActions): Command[] {
  return [
    {
      id: "project.new-file",
      group: "project",
      label: () => msg("New file…", { id: "command-new-file" }),
      shortcut: "Alt-n",
      run: () => actions.newFile(),
    },
    {
      id: "project.change-file",
      group: "project",
      label: () => msg("Rename or delete the open file…", { id: "command-change-file" }),
      run: () => actions.changeFile(project.active),
    },
    ...([-1, 1] as const).map((step): Command => ({
      id: step < 0 ? "project.file-left" : "project.file-right",
      group: "project",
      label: () => (step < 0 ? msg("Move the open file left", { id: "command-file-left" }) : msg("Move the open file right", { id: "command-file-right" })),
      shortcut: step < 0 ? "Alt-ArrowLeft" : "Alt-ArrowRight",
      // On the tabs: elsewhere these keys belong to the browser and the code.
      keysElsewhere: true,
      isEnabled: () => project.files[project.files.findIndex(({ name }) => name === project.active) + step] !== undefined,
      run: () => project.move(project.active, project.files.findIndex(({ name }) => name === project.active) + step),
    })),
  ];
}
