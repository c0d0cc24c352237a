/**
 * The shape of the script API's reference. The pages in both languages and the type definitions are generated from
 * it, so that signatures stand in one place only.
 *
 * Texts are Markdown, one paragraph each.
 */

export interface Text {
  readonly en: string;
  readonly ru: string;
}

export interface Parameter {
  readonly name: string;
  /** As Luau writes it; optional ones end in `?`. */
  readonly type: string;
  readonly text: Text;
}

export interface Result {
  readonly type: string;
  readonly text: Text;
}

/** An error that a call raises, as the script reads it. A test raises each one. */
export interface Failure {
  /** Luau that raises it; `stream`, `server`, `client` and, in callbacks, `connection` are there. */
  readonly cause: string;
  /** Without the position in front. */
  readonly message: string;
}

/** Whose name it is: the Zone engine's, so that scripts can take it along, or the playground's alone. */
export type Origin = "engine" | "playground";

interface Described {
  /** Absent for what is Luau's own. */
  readonly origin?: Origin;
  /** What it does, one paragraph each. */
  readonly text: readonly Text[];
  /** What a reader must not miss. */
  readonly important?: readonly Text[];
  /**
   * A whole script. Where a line ends in `--> words`, it prints these words; a test runs it. Port 8080 stands for a
   * free port: something listens there when the script does not.
   */
  readonly example?: string;
  /** Files that the example requires, name to source. */
  readonly exampleFiles?: Readonly<Record<string, string>>;
}

/** A function or method, or a callback that the script may define. */
export interface FunctionEntry extends Described {
  readonly kind: "function" | "callback";
  /** `zone.socket.update`, `NetConnection:send`, or `print` for a global. Several when they differ in nothing but what the text says. */
  readonly names: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Names of parameters that may be left out though others follow them. */
  readonly skippable?: readonly string[];
  /** Absent when nothing is returned. */
  readonly result?: Result;
  readonly failures?: readonly Failure[];
  /** Those that Luau's own library declares already, so that the type definitions leave them out. */
  readonly builtin?: readonly string[];
}

/** A value that the script reads. */
export interface ValueEntry extends Described {
  readonly kind: "value";
  readonly names: readonly [string];
  readonly type: string;
}

export type Entry = FunctionEntry | ValueEntry;

/** A group of entries under a heading of its own. */
export interface Section {
  readonly title: Text;
  /** The class that the entries are methods of. */
  readonly className?: string;
  readonly text: readonly Text[];
  readonly important?: readonly Text[];
  readonly entries: readonly Entry[];
  /** Rows that are shown as a table: first column, then the text. */
  readonly table?: Table;
  /** A whole script, as an entry has it. */
  readonly example?: string;
}

export interface Table {
  readonly head: readonly Text[];
  readonly rows: readonly (readonly (string | Text)[])[];
}

/** A chapter of the page. */
export interface Chapter {
  readonly title: Text;
  readonly text: readonly Text[];
  readonly important?: readonly Text[];
  readonly entries: readonly Entry[];
  readonly sections: readonly Section[];
}
