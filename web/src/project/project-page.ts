import type { ProgramList } from "../programs/program-list.ts";
import type { Project } from "./project.ts";

/** What tabs and dialogs of files need of the page that they are in. */
export interface ProjectPage {
  readonly project: Project;
  readonly programs: ProgramList;
  /** Renames a file, or makes a program of a module and the other way round. */
  changeFile(name: string, change: { readonly name: string; readonly isProgram: boolean }): void;
}
