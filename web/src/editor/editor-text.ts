/**
 * A text as the editor has it: CodeMirror makes "\n" of every line end, and its offsets count that. A file that came by a
 * link or from a disk keeps its own line ends until it is edited.
 */
export function editorText(source: string): string {
  return source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
}
