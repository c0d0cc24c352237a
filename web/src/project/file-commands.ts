import { msg } from "@lit/localize";
import type { Command } from "../app/commands.ts";
import type { Playground } from "../app/playground.ts";

/** The dialog in which files are named. */
export interface FileActions {
  newFile(): void;
  changeFile(name: string): void;
}

export function fileCommands({ project }: Playground, actions: FileActions): Command[] {
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
  ];
}
