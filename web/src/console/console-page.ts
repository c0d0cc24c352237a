import type { ProgramList } from "../programs/program-list.ts";
import type { Theme } from "../theme/theme.ts";
import type { LateParts } from "../ui/late-parts.ts";
import type { ConsoleLayout } from "./console-layout.ts";

/** What consoles need of the page that they are in. */
export interface ConsolePage {
  readonly programs: ProgramList;
  readonly consoles: ConsoleLayout;
  /** Tells which names are files, whose lines can be opened. */
  readonly project: { has(name: string): boolean };
  readonly theme: Theme;
  readonly lateParts: LateParts;
}
