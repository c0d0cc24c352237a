import type { StoredProject } from "../library/stored-project.ts";
import type { Library } from "../library/library.ts";
import type { ProgramList } from "../programs/program-list.ts";
import type { Project } from "../project/project.ts";
import type { RoomPresence } from "../room/room-presence.ts";
import type { PageSession } from "../session/page-session.ts";
import type { Commands } from "../ui/commands.ts";
import type { LateParts } from "../ui/late-parts.ts";

/** What lessons need of the page that they are in. */
export interface LessonsPage {
  readonly room: string;
  readonly library: Library;
  readonly project: Project;
  readonly programs: ProgramList;
  readonly session: PageSession;
  readonly presence: RoomPresence;
  readonly commands: Commands;
  readonly lateParts: LateParts;
  readonly timeControl: { isPaused: boolean };
  /** The room's password, as far as the page knows it. */
  readonly roomPassword: string | undefined;
  /** Shows another project in the place of the open one, which is saved. @throws when it cannot be saved: then it stays */
  openProject(stored: StoredProject): Promise<void>;
  edit(name: string, source: string): void;
}
