/** Keys of the editor, told once: CodeMirror listens to them, menu and list of shortcuts show them. */
export const FIND_KEY = "Mod-f";
export const COMMENT_KEY = "Mod-/";
export const FORMAT_KEY = "Shift-Alt-f";
export const RENAME_KEY = "F2";
export const DEFINITION_KEY = "F12";
export const NEXT_FAULT_KEY = "F8";
export const UNDO_KEY = "Mod-z";
