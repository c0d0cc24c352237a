import { msg, str } from "@lit/localize";
import { isRoomName, roomNameOf } from "@playground/network";
import { ExaminerNames } from "../lessons/examiner-names.ts";
import { Model } from "../ui/model.ts";
import { whenChanged } from "../ui/when-changed.ts";
import { PageSession } from "../session/page-session.ts";
import { machineToken } from "../session/machine-token.ts";
import { CodeView } from "../editor/code-view.ts";
import type { Place } from "../editor/language/service.ts";
import { editorPhrases } from "../editor/phrases.ts";
import { syntaxService } from "../editor/services.ts";
import * as typing from "../editor/typing.ts";
import { luauModule } from "../workers/luau-module.ts";
import { ProgramList } from "../programs/program-list.ts";
import type { ProjectFile } from "../project/project.ts";
import { RoomMemory } from "../room/room-memory.ts";
import { RoomPresence } from "../room/room-presence.ts";
import { EmbedEditor } from "./embed-editor.ts";
import type { EmbedNetwork, EmbedNetworkOptions } from "./embed-network.ts";
import { isPrivateRoom } from "./private-room.ts";
import { regionExtension } from "./region-extension.ts";
import "../session/bridge-notice.ts";
import "../room/password-form.ts";
import "./embed-console.ts";

/** One for all elements of a page: they are one machine in each room that they enter. */
let token: Promise<Uint8Array> | undefined;

/** What the element is asked for by what it has loaded. */
export interface RuntimeOptions extends Pick<EmbedNetworkOptions, "project" | "runAll" | "fetch"> {
  /** Origin of the bridge. */
  readonly bridge: string;
  readonly room: string;
  readonly files: () => readonly ProjectFile[];
  /** Asked at each run: whether what it does on the network is recorded. */
  readonly isRecorded: () => boolean;
}

export interface EmbedEditorOptions {
  /** Asked when a file is shown first. */
  readonly readOnly: () => boolean;
  readonly onEdit: (file: string, source: string) => void;
  /** Shows a place in one of the files. */
  readonly onOpen: (place: Place) => void;
}

/**
 * Why nothing can be run here: the bridge does not answer, lets no page of this site in, or wants the room's password; the page
 * has no origin, as it is in a sandboxed frame or was opened from a file; or it names a room that cannot be.
 */
export type BridgeRefusal = "unreachable" | "not-allowed" | "password-required" | "sandboxed" | "from-file" | "bad-room";

/** Milliseconds that a run waits for the bridge's answer: a round trip, generously. A bridge that is slower is told of by its notice. */
const ANSWER_LIMIT_MS = 2_000;

/** The part of `<zone-playground>` that is loaded when it is needed: programs and their bridge. Opens no connection before the first run. */
export class EmbedRuntime extends Model {
  readonly #options: RuntimeOptions;
  readonly #roomMemory: RoomMemory;
  readonly session: PageSession;
  readonly presence: RoomPresence;
  /** Where examiners of a lesson are. */
  readonly examiners = new ExaminerNames();
  readonly programs: ProgramList;
  readonly #editors = new Set<EmbedEditor>();
  #connected = false;
  #recorder: EmbedNetwork | undefined;
  #network: EmbedNetwork | undefined;
  /** The password that the session was last opened with. */
  #tried: string | undefined;

  private constructor(options: RuntimeOptions, token: Uint8Array) {
    super();
    this.#options = options;
    this.#roomMemory = new RoomMemory(options.room);
    const bridge = { machineToken: token, password: () => this.#roomMemory.password };
    const presence = new RoomPresence(this.#roomMemory);
    this.presence = presence;
    this.session = new PageSession({ url: this.#sessionUrl, ...bridge, presence });
    this.session.subscribe(() => this.changed());
    this.programs = new ProgramList({
      module: luauModule,
      files: options.files,
      sessionUrl: this.#sessionUrl,
      ...bridge,
      endSession: (id) => this.session.endSession(id),
      // The name of a room that nobody has chosen helps nobody.
      whoIsThere: () => (isPrivateRoom(options.room) ? undefined : presence.inRoom(options.room)),
      captures: { beginRun: (file) => this.#recorder?.beginRun(file) },
      onChange: () => this.changed(),
    });
    this.programs.subscribe(() => this.changed());
    // After the programs, which listen since they were made.
    addEventListener("pagehide", this.#leave);
  }

  static async create(options: RuntimeOptions): Promise<EmbedRuntime> {
    token ??= machineToken();
    // One name for everybody, however an author has written it.
    return new EmbedRuntime({ ...options, room: roomNameOf(options.room) ?? options.room }, await token);
  }

  /** Fetches and compiles the VM, once for all elements of the page. */
  warmUp(): void {
    luauModule().catch(() => {});
  }

  /** What the network view shows, once `openNetwork` has fetched both. */
  get network(): EmbedNetwork | undefined {
    return this.#network;
  }

  /** What records the programs, and holds their network up, once one is to be recorded. */
  get recorder(): EmbedNetwork | undefined {
    return this.#recorder;
  }

  /** Fetches the network view. Rejects where it cannot be had; the next call tries again. */
  async openNetwork(): Promise<void> {
    const recorder = await this.#fetchRecorder();
    await recorder.fetchView();
    this.#network = recorder;
    this.changed();
  }

  /** Ends recording, and forgets what was recorded. */
  closeNetwork(): void {
    this.#recorder?.end();
    this.#network = undefined;
    this.changed();
  }

  /**
   * Runs one program, or all of them, each once the one before is under way. Gives a reason where the bridge cannot be had; rejects where
   * they are to be recorded, and what does that cannot be had.
   */
  async run(name?: string): Promise<BridgeRefusal | undefined> {
    let refusal: BridgeRefusal | undefined;
    await this.programs.run(name, async () => {
      refusal = await this.connect();
      return refusal === undefined;
    });
    return refusal;
  }

  /**
   * Gets ready what programs need to run: the session with the bridge, and what records them where they are to be recorded. Gives a reason
   * where the bridge cannot be had; rejects where the recorder cannot.
   */
  async connect(): Promise<BridgeRefusal | undefined> {
    const refusal = await this.#connect();
    if (refusal !== undefined) return refusal;
    if (this.#options.isRecorded()) (await this.#fetchRecorder()).isRecording = true;
    else this.#recorder?.end();
    return undefined;
  }

  /** The room's password, as far as the page knows it. */
  get roomPassword(): string | undefined {
    return this.#roomMemory.password;
  }

  /** Tries this password for the room; gives whether it was the right one. */
  async enterRoom(password: string): Promise<boolean> {
    this.#roomMemory.password = password;
    this.#openSession();
    await this.#answered();
    return this.session.state.kind === "connected";
  }

  /** The element has left its page. */
  dispose(): void {
    for (const editor of this.#editors) editor.destroy();
    this.#editors.clear();
    removeEventListener("pagehide", this.#leave);
    void this.programs.dispose().then(() => this.session.close());
  }

  /** An editor in this place of the element's tree. */
  openEditor(parent: HTMLElement, root: ShadowRoot, options: EmbedEditorOptions): EmbedEditor {
    const editor = new EmbedEditor(
      new CodeView(parent, {
        root,
        phrases: editorPhrases(),
        label: (file) => msg(str`Code of ${file}`, { id: "code-of" }),
        onEdit: options.onEdit,
        services: [syntaxService],
        files: () => new Map(this.#options.files().map(({ name, source }) => [name, source])),
        onOpen: options.onOpen,
        typing: () => Promise.resolve(typing),
        onFormat: () => {},
        onRename: () => {},
        onReferences: () => {},
        get extensions() {
          return regionExtension(options.readOnly());
        },
      }),
    );
    this.#editors.add(editor);
    return editor;
  }

  get #sessionUrl(): string {
    return `${this.#options.bridge.replace(/^http/, "ws")}/room/${encodeURIComponent(this.#options.room)}/`;
  }

  async #connect(): Promise<BridgeRefusal | undefined> {
    // `location.origin` is that of the address still.
    if (globalThis.origin === "null") return location.protocol === "file:" ? "from-file" : "sandboxed";
    if (!isRoomName(this.#options.room)) return "bad-room";
    if (!this.#connected) {
      if (this.#options.bridge !== location.origin) {
        // A WebSocket that is refused does not say why.
        const answer: unknown = await fetch(`${this.#options.bridge}/api/embedding`)
          .then((response) => response.json())
          .catch(() => undefined);
        if (typeof answer !== "object" || answer === null || !("allowed" in answer)) return "unreachable";
        if (answer.allowed !== true) return "not-allowed";
      }
      this.#connected = true;
      this.#openSession();
    } else if (this.session.state.kind === "locked" && this.#tried !== this.#roomMemory.password) {
      // Another element of the page has been let in meanwhile.
      this.#openSession();
    }
    await this.#answered();
    return this.session.state.kind === "locked" ? "password-required" : undefined;
  }

  async #fetchRecorder(): Promise<EmbedNetwork> {
    const { EmbedNetwork } = await import("./embed-network.ts");
    this.#recorder ??= new EmbedNetwork(this.programs, { ...this.#options, nameOf: (address) => this.examiners.nameOf(address, this.presence) });
    return this.#recorder;
  }

  #openSession(): void {
    this.#tried = this.#roomMemory.password;
    this.session.connect();
  }

  /** Resolves once the bridge has let the session in or not, or is away. */
  async #answered(): Promise<void> {
    const isAnswered = (): boolean => this.session.state.kind !== "connecting";
    if (!isAnswered()) await whenChanged(this.session, isAnswered, ANSWER_LIMIT_MS);
  }

  readonly #leave = (): void => this.session.leave();
}
