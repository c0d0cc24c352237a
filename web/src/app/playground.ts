import { AnalysisService } from "../analysis/analysis-service.ts";
import { CHECK_MODE_SETTING, checkModeOf } from "../analysis/check-mode.ts";
import { PageSession } from "../session/page-session.ts";
import type { Locale } from "../locale/locale.ts";
import { luauModule } from "../workers/luau-module.ts";
import { ConsoleLayout } from "../console/console-layout.ts";
import { ProgramRunner } from "../programs/program-runner.ts";
import { isActive } from "../programs/program-state.ts";
import { underWay } from "../programs/under-way.ts";
import type { Library } from "../library/library.ts";
import type { StoredProject } from "../library/stored-project.ts";
import type { Project, ProjectFile } from "../project/project.ts";
import { isUntouchedStarter, starterProject } from "../project/starter-project.ts";
import { RoomMemory } from "../room/room-memory.ts";
import { RoomPresence } from "../room/room-presence.ts";
import { Theme } from "../theme/theme.ts";
import { editorText } from "../editor/editor-text.ts";
import type { ErrorMark } from "../editor/error-marks.ts";
import { Commands } from "../ui/commands.ts";
import type { FirstVisit } from "./first-visit.ts";
import { LateParts } from "../ui/late-parts.ts";
import { Model } from "../ui/model.ts";
import { sessionUrl } from "../room/page-url.ts";

/** Everything that the page works on: the project, its programs, and the bridge. Tells of changes in the list of programs. */
export class Playground extends Model {
  readonly room: string;
  readonly library: Library;
  /** The open project; the same object for as long as the page lives. */
  readonly project: Project;
  readonly bridge: PageSession;
  readonly presence: RoomPresence;
  /** The type checker. */
  readonly analysis: AnalysisService;
  readonly theme = new Theme();
  readonly commands = new Commands();
  readonly lateParts = new LateParts();
  readonly consoles = new ConsoleLayout();
  readonly firstVisit: FirstVisit;
  readonly #roomMemory: RoomMemory;
  readonly #sessionUrl: string;
  readonly #machineToken: Uint8Array;
  #programs = new Map<string, ProgramRunner>();
  #runAll = 0;

  constructor(options: { readonly room: string; readonly machineToken: Uint8Array; readonly library: Library; readonly firstVisit: FirstVisit }) {
    super();
    this.room = options.room;
    this.#machineToken = options.machineToken;
    this.#sessionUrl = sessionUrl(location, options.room);
    this.library = options.library;
    this.firstVisit = options.firstVisit;
    this.project = options.library.project;
    this.#roomMemory = new RoomMemory(options.room);
    this.presence = new RoomPresence(this.#roomMemory);
    this.bridge = new PageSession({
      url: this.#sessionUrl,
      machineToken: options.machineToken,
      password: () => this.#roomMemory.password,
      presence: this.presence,
    });
    this.analysis = new AnalysisService({
      project: () => ({ files: this.project.files.map(({ name, source }) => ({ name, source: editorText(source) })), mode: checkModeOf(this.project.settings[CHECK_MODE_SETTING]) }),
    });
    this.#matchPrograms();
    this.project.subscribe(() => {
      this.#matchPrograms();
      this.analysis.projectChanged();
    });
    document.addEventListener("visibilitychange", () => {
      // On a phone a hidden page may never be shown again.
      if (document.hidden) void this.library.save();
      for (const program of this.programs) program.setHidden(document.hidden);
    });
    addEventListener("pagehide", () => this.#leave());
  }

  /** In the order of the files. Programs whose file was deleted while they ran are gone with it. */
  get programs(): readonly ProgramRunner[] {
    return [...this.#programs.values()];
  }

  program(name: string): ProgramRunner | undefined {
    return this.#programs.get(name);
  }

  get anyActive(): boolean {
    return this.programs.some((program) => isActive(program.state));
  }

  /** Tries this password for the room. */
  enterRoom(password: string): void {
    this.#roomMemory.password = password;
    this.bridge.connect();
  }

  /** Starts all programs, one after the other, each once the one before is under way. */
  async runAll(): Promise<void> {
    const turn = ++this.#runAll;
    await Promise.all(this.programs.map((program) => program.stop()));
    for (const program of this.programs) {
      if (turn !== this.#runAll) return;
      void program.run();
      await underWay(program);
    }
  }

  async stopAll(): Promise<void> {
    this.#runAll++;
    await Promise.all(this.programs.map((program) => program.stop()));
  }

  /** Runs the program in the editor; for a module, all programs, since any may use it. */
  async runCurrent(): Promise<void> {
    const program = this.program(this.project.active);
    await (program === undefined ? this.runAll() : program.run());
  }

  edit(name: string, source: string): void {
    for (const program of this.programs) if (program.failure?.chunk === name) program.forgetFailure();
    this.project.edit(name, source);
  }

  addFile(file: ProjectFile): void {
    this.project.add(file);
  }

  /** Renames a file, or makes a program of a module and the other way round. */
  changeFile(name: string, change: { readonly name: string; readonly isProgram: boolean }): void {
    const program = this.#programs.get(name);
    if (program !== undefined && change.name !== name) {
      // The list keeps its order: the map is rebuilt from the files.
      this.#programs.delete(name);
      this.#programs.set(change.name, program);
      program.rename(change.name);
    }
    this.project.change(name, change);
  }

  removeFile(name: string): void {
    this.project.remove(name);
  }

  /** Shows another project in the place of the open one, which is saved; its programs are stopped. @throws when it cannot be saved: then it stays */
  async openProject(stored: StoredProject): Promise<void> {
    await this.library.settle();
    this.#runAll++;
    const before = this.programs;
    this.#programs = new Map();
    // Their sockets are let go of while the other project is there already.
    for (const program of before) void program.stop();
    this.library.switchTo(stored);
    this.changed();
  }

  /** The places in a file at which programs failed. */
  marks(name: string): ErrorMark[] {
    return this.programs.flatMap(({ failure }) =>
      failure?.chunk === name && failure.line !== undefined ? [{ line: failure.line, message: failure.message }] : [],
    );
  }

  /** The reader's language has changed: a starter project that nobody touched follows. */
  followLocale(locale: Locale): void {
    if (!isUntouchedStarter(this.project.files)) return;
    for (const file of starterProject(locale)) this.project.edit(file.name, file.source);
  }

  #matchPrograms(): void {
    const before = this.#programs;
    const now = new Map<string, ProgramRunner>();
    for (const { name } of this.project.programs) {
      now.set(name, before.get(name) ?? this.#newProgram(name));
    }
    for (const [name, program] of before) if (!now.has(name)) void program.stop();
    const changed = [...now.keys()].join("\n") !== [...before.keys()].join("\n");
    this.#programs = now;
    if (changed) this.changed();
  }

  #newProgram(name: string): ProgramRunner {
    const program = new ProgramRunner(name, {
      module: luauModule,
      files: () => this.project.files.map((file) => [file.name, file.source] as const),
      sessionUrl: this.#sessionUrl,
      machineToken: this.#machineToken,
      password: () => this.#roomMemory.password,
      endSession: (id) => this.bridge.endSession(id),
      merged: this.consoles.log,
    });
    program.subscribe(() => {
      if (isActive(program.state)) this.firstVisit.end();
    });
    return program;
  }

  #leave(): void {
    this.library.leave();
    for (const program of this.programs) program.stopAtOnce();
    this.bridge.leave();
  }
}
