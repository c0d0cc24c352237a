/** A file of a project. */
export interface SharedFile {
  /** With its ending `.luau`; see `fileNameFault`. */
  readonly name: string;
  readonly source: string;
  /** Whether it is run by itself; other files are modules for `require`. */
  readonly isProgram: boolean;
}

/** Settings that belong to a project and not to its reader. Keys that a page does not know are kept and left alone. */
export type SharedSettings = Readonly<Record<string, string | number | boolean>>;

/** Everything that a link, a short link or an archive holds. */
export interface SharedProject {
  readonly title?: string;
  /** In the order of their tabs; at least one. */
  readonly files: readonly SharedFile[];
  /** Name of the file whose tab is open. Without it, the first one's. */
  readonly open?: string;
  readonly settings?: SharedSettings;
  /** The room in which the programs are meant to meet. Whoever opens the project is asked before joining it. */
  readonly room?: string;
  /** What its programs did on the network when it was shared, as `captureText` makes it. */
  readonly capture?: string;
}
