import type { BesideBytes, CapturedRun, CaptureTime, ConnectionState, LadderItem, Lifeline, RunId } from "@playground/capture";
import type { ProgramList } from "../programs/program-list.ts";
import type { SavedCapture } from "../capture/saved-capture.ts";
import type { Model } from "../ui/model.ts";

/** What of a ladder the network view reads. */
export interface CapturedLadder {
  readonly lifelines: readonly Lifeline[];
  readonly items: readonly LadderItem[];
  readonly firstId: number;
  readonly connections: readonly ConnectionState[];
  /** Undefined for one that has given way. */
  item(id: number): LadderItem | undefined;
  /** Bytes before and behind those of an arrow in its direction, nearest first, `reach` of them each way at most. */
  beside(id: number, reach: number): { readonly before: readonly BesideBytes[]; readonly after: readonly BesideBytes[] };
  /** The lines of each file that have sent bytes; the same map until that changes. */
  readonly sentLines: ReadonlyMap<string, readonly number[]>;
  /** What was printed in an entry into a script: ids of marks. */
  printedIn(run: RunId, entry: number): readonly number[];
  /** Items changed or added since the last call, by id: there is one reader. */
  takeChanges(): { readonly changed: readonly number[]; readonly isCleared: boolean };
  /** The clock has gone on: notes on what waits depend on it. */
  timePasses(now: CaptureTime): void;
}

/** What was captured. */
export interface CapturedExchange {
  readonly ladder: CapturedLadder;
  readonly runs: readonly CapturedRun[];
  readonly dropped: { readonly events: number; readonly bytes: number };
}

/** What the page's programs do; tells of changes once a frame at most. */
export interface CaptureModel extends Model {
  /** Undefined until it has been loaded, which whoever shows the network view does. */
  readonly capture: CapturedExchange | undefined;
  readonly isEmpty: boolean;
  /** What can be shown in the place of what the programs do now. */
  readonly saved: SavedCapture;
  /** Forgets what the programs did. */
  clear(): void;
}

/** What the network view needs of the page that it is in. */
export interface NetworkPage {
  readonly programs: ProgramList;
  /** Tells which names are files, whose lines can be opened. */
  readonly project: { has(name: string): boolean };
  readonly captureLog: CaptureModel;
  /** Runs all programs, as the reader wishes; what cannot be done the page says. */
  runAll(): void;
  /** What saves and opens captures; undefined where it cannot be had, which the page has said then. */
  fetchCaptureFiles(): Promise<typeof import("./capture-files.ts") | undefined>;
}
