import type { ConnectionState, LadderItem, Lifeline } from "@playground/capture";
import type { ProgramList } from "../programs/program-list.ts";
import type { Model } from "../ui/model.ts";

/** What of a ladder the network view reads. */
export interface CapturedLadder {
  readonly lifelines: readonly Lifeline[];
  readonly items: readonly LadderItem[];
  readonly firstId: number;
  readonly connections: readonly ConnectionState[];
  /** Items changed or added since the last call, by id: there is one reader. */
  takeChanges(): { readonly changed: readonly number[]; readonly isCleared: boolean };
}

/** What was captured of the page's programs; tells of changes once a frame at most. */
export interface CaptureModel extends Model {
  readonly capture: {
    readonly ladder: CapturedLadder;
    readonly dropped: { readonly events: number; readonly bytes: number };
    clear(): void;
  };
}

/** What the network view needs of the page that it is in. */
export interface NetworkPage {
  readonly programs: ProgramList;
  /** Tells which names are files, whose lines can be opened. */
  readonly project: { has(name: string): boolean };
  readonly captureLog: CaptureModel;
}
