import type { AnalysisPage } from "../analysis/analysis-page.ts";
import { AnalysisService } from "../analysis/analysis-service.ts";
import { checkModeOf } from "../analysis/check-mode.ts";
import { CheckerService } from "../analysis/checker-service.ts";
import type { ConditionsPage } from "../conditions/conditions-page.ts";
import { TimeControl } from "../conditions/time-control.ts";
import { CaptureLog } from "../capture/capture-log.ts";
import { ConsoleLayout } from "../console/console-layout.ts";
import type { ConsolePage } from "../console/console-page.ts";
import type { EditorPage } from "../editor/editor-page.ts";
import { ExaminerNames } from "../lessons/examiner-names.ts";
import type { LessonsPage } from "../lessons/lessons-page.ts";
import { editorText } from "../editor/editor-text.ts";
import type { ExamplesPage } from "../examples/open-example.ts";
import type { Library } from "../library/library.ts";
import type { LibraryPage } from "../library/library-page.ts";
import type { StoredProject } from "../library/stored-project.ts";
import type { Locale } from "../locale/locale.ts";
import type { NetworkPage } from "../network-view/network-page.ts";
import { ProgramList } from "../programs/program-list.ts";
import { isActive } from "../programs/program-state.ts";
import type { Project } from "../project/project.ts";
import type { ProjectPage } from "../project/project-page.ts";
import { CHECK_MODE_SETTING } from "../project/project-settings.ts";
import { isUntouchedStarter, starterProject } from "../project/starter-project.ts";
import { sessionUrl } from "../room/page-url.ts";
import { RoomMemory } from "../room/room-memory.ts";
import type { RoomPage } from "../room/room-page.ts";
import { RoomPresence } from "../room/room-presence.ts";
import type { KnownMachines } from "../session/known-machines.ts";
import { tokenText } from "../session/token-text.ts";
import { PageSession } from "../session/page-session.ts";
import type { SharePage } from "../share/share-page.ts";
import { Theme } from "../theme/theme.ts";
import { Commands } from "../ui/commands.ts";
import { LateParts } from "../ui/late-parts.ts";
import { luauModule } from "../workers/luau-module.ts";
import type { FirstVisit } from "./first-visit.ts";
import { loadCaptureFiles } from "./load-capture-files.ts";
import { loadDialogs } from "./load-dialogs.ts";

/** Everything that the page works on: the project, its programs, and the session with the bridge. Each part of the page says what it needs of it. */
export class Playground
  implements AnalysisPage, ConditionsPage, ConsolePage, EditorPage, ExamplesPage, LessonsPage, LibraryPage, NetworkPage, ProjectPage, RoomPage, SharePage
{
  readonly room: string;
  readonly library: Library;
  /** The open project; the same object for as long as the page lives. */
  readonly project: Project;
  readonly programs: ProgramList;
  readonly timeControl: TimeControl;
  readonly session: PageSession;
  readonly presence: RoomPresence;
  readonly analysis: AnalysisService;
  readonly checker: CheckerService;
  readonly theme = new Theme();
  readonly commands = new Commands();
  readonly lateParts = new LateParts();
  readonly consoles = new ConsoleLayout();
  /** What the programs did on the network. */
  readonly captureLog: CaptureLog;
  readonly examiners = new ExaminerNames();
  readonly firstVisit: FirstVisit;
  readonly playground = undefined;
  readonly #roomMemory: RoomMemory;

  constructor(options: {
    readonly room: string;
    readonly machineToken: Uint8Array;
    readonly known: KnownMachines;
    readonly library: Library;
    readonly firstVisit: FirstVisit;
  }) {
    const { room, machineToken, known, library, firstVisit } = options;
    this.room = room;
    this.library = library;
    this.firstVisit = firstVisit;
    this.project = library.project;
    const memory = new RoomMemory(room, { machine: { known, token: tokenText(machineToken) } });
    this.#roomMemory = memory;
    this.presence = new RoomPresence(memory);
    const bridge = { machineToken, password: () => memory.password };
    const url = sessionUrl(location, room);
    this.session = new PageSession({ url, ...bridge, presence: this.presence });
    this.analysis = new AnalysisService({
      project: () => ({
        files: this.project.files.map(({ name, source }) => ({ name, source: editorText(source) })),
        mode: checkModeOf(this.project.settings[CHECK_MODE_SETTING]),
      }),
    });
    this.checker = new CheckerService(this.analysis);
    this.captureLog = new CaptureLog({ nameOf: (address) => this.examiners.nameOf(address, this.presence) });
    this.programs = new ProgramList({
      module: luauModule,
      files: () => this.project.files,
      sessionUrl: url,
      ...bridge,
      endSession: (id) => this.session.endSession(id),
      whoIsThere: () => this.presence.inRoom(room),
      captures: this.captureLog,
      merged: this.consoles.log,
      onChange: ({ state }) => {
        if (!isActive(state)) return;
        firstVisit.end();
        library.dropCapture();
      },
    });
    this.timeControl = new TimeControl(this.programs);
    this.project.subscribe(() => {
      this.programs.match();
      this.analysis.projectChanged();
    });
    document.addEventListener("visibilitychange", () => {
      // On a phone a hidden page may never be shown again.
      if (document.hidden) void library.save();
    });
    this.#showCapture();
    // After the programs, which listen since they were made.
    addEventListener("pagehide", () => {
      library.leave();
      this.session.leave();
    });
  }

  get roomPassword(): string | undefined {
    return this.#roomMemory.password;
  }

  /** The page has its session from the beginning. */
  reachBridge(): Promise<boolean> {
    return Promise.resolve(this.session.state.kind === "connected");
  }

  enterRoom(password: string): void {
    this.#roomMemory.password = password;
    this.session.connect();
  }

  /** Runs the program in the editor; for a module, all programs, since any may use it. */
  async runCurrent(): Promise<void> {
    const program = this.programs.get(this.project.active);
    await (program === undefined ? this.programs.run() : program.run());
  }

  runAll(): void {
    void this.programs.run();
  }

  edit(name: string, source: string): void {
    this.programs.edited(name);
    this.project.edit(name, source);
  }

  changeFile(name: string, change: { readonly name: string; readonly isProgram: boolean }): void {
    this.programs.rename(name, change.name);
    this.project.change(name, change);
  }

  async openProject(stored: StoredProject): Promise<void> {
    await this.library.settle();
    this.programs.clear();
    this.captureLog.clear();
    this.library.switchTo(stored);
    this.#showCapture();
  }

  /** Shows the capture that the open project came with, and puts that of the one before away. */
  #showCapture(): void {
    const { saved } = this.captureLog;
    const { capture } = this.library.current;
    if (saved.origin !== undefined) saved.putAway();
    if (capture !== undefined) void this.lateParts.fetch(() => this.captureLog.showShared(capture));
  }

  fetchCaptureFiles(): Promise<Awaited<ReturnType<typeof loadCaptureFiles>> | undefined> {
    return this.lateParts.fetch(loadCaptureFiles);
  }

  fetchDialogs(): Promise<Awaited<ReturnType<typeof loadDialogs>> | undefined> {
    return this.lateParts.fetch(loadDialogs);
  }

  /** The reader's language has changed: a starter project that nobody touched follows. */
  followLocale(locale: Locale): void {
    if (!isUntouchedStarter(this.project.files)) return;
    for (const file of starterProject(locale)) this.project.edit(file.name, file.source);
  }
}
