import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";
import { COMMENT_KEY, DEFINITION_KEY, REFERENCES_KEY, FIND_KEY, FORMAT_KEY, NEXT_FAULT_KEY, RENAME_KEY } from "./editor-keys.ts";

/** What can be done in the code. */
export interface EditorActions {
  find(): void;
  toggleComment(): void;
  format(): void | Promise<void>;
  rename(): void | Promise<void>;
  goToDefinition(): void | Promise<void>;
  findReferences(): void | Promise<void>;
  toggleHints(): void;
  nextFault(): void;
}

/** CodeMirror listens to the keys of these; `editor` shows the code first where it shares the screen. */
export function editorCommands(editor: () => EditorActions): Command[] {
  const command = (name: keyof EditorActions, label: () => string, shortcut: string): Command => ({
    id: `edit.${name}`,
    group: "edit",
    label,
    shortcut,
    keysElsewhere: true,
    run: () => editor()[name](),
  });
  return [
    command("find", () => msg("Find and replace", { id: "command-find" }), FIND_KEY),
    command("format", () => msg("Format the file", { id: "command-format" }), FORMAT_KEY),
    command("rename", () => msg("Rename the local variable…", { id: "command-rename" }), RENAME_KEY),
    command("toggleComment", () => msg("Comment or uncomment lines", { id: "command-comment" }), COMMENT_KEY),
    command("goToDefinition", () => msg("Go to the declaration", { id: "command-definition" }), DEFINITION_KEY),
    command("findReferences", () => msg("Find references", { id: "command-references" }), REFERENCES_KEY),
    command("nextFault", () => msg("Next problem", { id: "command-next-fault" }), NEXT_FAULT_KEY),
    { id: "view.hints", group: "view", label: () => msg("Show or hide types in the code", { id: "command-hints" }), run: () => editor().toggleHints() },
  ];
}
