import type { ProgramList } from "../programs/program-list.ts";
import type { Project } from "../project/project.ts";
import type { LateParts } from "../ui/late-parts.ts";
import type { LanguageService } from "./language/service.ts";

/** What the editor needs of the page that it is in. */
export interface EditorPage {
  readonly project: Project;
  readonly programs: ProgramList;
  /** The type checker: it sees all files. */
  readonly checker: LanguageService;
  readonly lateParts: LateParts;
  /** The reader has changed a file. */
  edit(name: string, source: string): void;
  /** Fetches the dialogs, so that their elements are drawn; undefined where they cannot be had, which the reader has been told then. */
  fetchDialogs(): Promise<object | undefined>;
}
