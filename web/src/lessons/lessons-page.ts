import type { Capture } from "@playground/capture";
import type { StoredProject } from "../library/stored-project.ts";
import type { Library } from "../library/library.ts";
import type { ProgramList } from "../programs/program-list.ts";
import type { Project } from "../project/project.ts";
import type { RoomPresence } from "../room/room-presence.ts";
import type { PageSession } from "../session/page-session.ts";
import type { Commands } from "../ui/commands.ts";
import type { LateParts } from "../ui/late-parts.ts";
import type { ExaminerNames } from "./examiner-names.ts";

/** What lessons need of the page that they are in: the playground, or an element in somebody else's page. */
export interface LessonsPage {
  readonly room: string;
  /** Where work on lessons is kept, and who tells that another project is open. */
  readonly library: Pick<Library, "subscribe" | "read">;
  readonly project: Project;
  readonly programs: Pick<ProgramList, "get" | "run" | "stop">;
  /** This and what follows is asked for once `reachBridge` has said yes. */
  readonly session: Pick<PageSession, "state" | "url" | "endSession">;
  readonly presence: RoomPresence;
  /** Pause and conditions of the network, which do not hold while a check runs. */
  readonly timeControl: { readonly isPaused: boolean; isSetAside: boolean; readonly hasConditions: boolean };
  /** What programs do on the network, where the page has a view of it that `show-exchange` leads to. */
  readonly captureLog?: { load(): Promise<Capture> } | undefined;
  /** Hears where examiners are, so that the network view can name them. */
  readonly examiners?: ExaminerNames;
  /** The room's password, as far as the page knows it. */
  readonly roomPassword: string | undefined;
  readonly commands: Pick<Commands, "add">;
  readonly lateParts: Pick<LateParts, "fetch">;
  /** The playground's origin, where this is somebody else's page: the reference and the list of lessons are there. Undefined in the playground. */
  readonly playground: string | undefined;
  /** Whether there is a bridge to check with; opens the session where the page has none before it is needed. Never rejects. */
  reachBridge(): Promise<boolean>;
  /** Shows another project in the place of the open one, which is saved. @throws when it cannot be saved: then it stays */
  openProject(stored: StoredProject): Promise<void>;
  edit(name: string, source: string): void;
  /** Told of what was not passed before: a step, and without one the whole lesson. */
  passed?(what: { readonly lesson: string; readonly step?: string }): void;
}
