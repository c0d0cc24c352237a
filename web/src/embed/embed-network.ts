import { CaptureLog } from "../capture/capture-log.ts";
import type { CapturedProgram, CaptureKeeper } from "../capture/captured-program.ts";
import { conditionsCommands } from "../conditions/conditions-commands.ts";
import type { ConditionsPage } from "../conditions/conditions-page.ts";
import { TimeControl } from "../conditions/time-control.ts";
import type { CaptureOptions } from "@playground/capture";
import type { NetworkPage } from "../network-view/network-page.ts";
import type { ProgramList } from "../programs/program-list.ts";
import { Commands } from "../ui/commands.ts";

/** What the network view of an element needs of it. */
export interface EmbedNetworkOptions extends Pick<NetworkPage, "project" | "runAll"> {
  /** Who is at an address. */
  readonly nameOf: NonNullable<CaptureOptions["nameOf"]>;
  /** As `ElementParts.fetch`. */
  readonly fetch: <T>(load: () => Promise<T>) => Promise<T | undefined>;
}

/**
 * What the programs of one element do on the network, and time in the reader's hands: all that the network view works on, without the view.
 * Loaded once a program is to be recorded, or somebody wants to see it.
 */
export class EmbedNetwork implements NetworkPage, ConditionsPage, CaptureKeeper {
  readonly programs: ProgramList;
  readonly project: NetworkPage["project"];
  readonly captureLog: CaptureLog;
  readonly timeControl: TimeControl;
  /** Whether the runs to come are recorded. */
  isRecording = false;
  readonly #options: EmbedNetworkOptions;
  readonly #commands = new Commands();

  constructor(programs: ProgramList, options: EmbedNetworkOptions) {
    this.programs = programs;
    this.project = options.project;
    this.#options = options;
    this.captureLog = new CaptureLog({ nameOf: options.nameOf });
    this.timeControl = new TimeControl(programs);
    // Those whose keys the view shows.
    this.#commands.add(conditionsCommands(this.timeControl, () => {}));
  }

  beginRun(file: string): CapturedProgram | undefined {
    return this.isRecording ? this.captureLog.beginRun(file) : undefined;
  }

  runAll(): void {
    this.#options.runAll();
  }

  fetchCaptureFiles(): ReturnType<NetworkPage["fetchCaptureFiles"]> {
    return this.#options.fetch(() => import("../network-view/capture-files.ts"));
  }

  /** Fetches the view and what it shows. Rejects where they cannot be had; the next call tries again. */
  async fetchView(): Promise<void> {
    await Promise.all([import("./embed-network-view.ts"), this.captureLog.load()]);
  }

  /** Does what was pressed, where that is a key of the network's. */
  readonly handleKey = (event: KeyboardEvent): void => this.#commands.handleKey(event);

  /** The element offers it no longer: forgets what was recorded, and lets the network go its own way, since nothing shows that it does not. */
  end(): void {
    this.isRecording = false;
    this.captureLog.saved.putAway();
    this.captureLog.clear();
    this.timeControl.clear();
  }
}
