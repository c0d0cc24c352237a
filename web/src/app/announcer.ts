import { msg, str } from "@lit/localize";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { programStateText } from "../programs/state-text.ts";
import type { ProgramState } from "../programs/program-state.ts";
import type { Playground } from "./playground.ts";

/** Milliseconds over which changes are gathered into one announcement: "Run all" starts many programs at once. */
const GATHER_MS = 400;

/** Says to screen readers what the page shows: how the programs and the bridge are. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #said = new Map<string, ProgramState>();
  #bridgeSaid = "connecting";
  #text = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The words to put into a live region. */
  get text(): string {
    return this.#text;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  follow(playground: Playground): void {
    const watched = new Set<object>();
    const later = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#say(playground), GATHER_MS);
    };
    const watchPrograms = (): void => {
      for (const program of playground.programs.all) {
        if (watched.has(program)) continue;
        watched.add(program);
        program.subscribe(later);
      }
    };
    playground.programs.subscribe(watchPrograms);
    playground.session.subscribe(later);
    watchPrograms();
  }

  #say(playground: Playground): void {
    const sentences: string[] = [];
    for (const { entry, state, failure } of playground.programs.all) {
      const before = this.#said.get(entry) ?? "stopped";
      if (state === before) continue;
      this.#said.set(entry, state);
      sentences.push(msg(str`${entry}: ${programStateText(state)}.`, { id: "announce-program" }));
      if (state === "failed" && failure !== undefined) sentences.push(failure.message);
    }
    const { kind } = playground.session.state;
    if (kind !== this.#bridgeSaid) {
      this.#bridgeSaid = kind;
      if (kind === "connected") sentences.push(msg("The bridge is connected.", { id: "announce-bridge-connected" }));
      if (kind === "reconnecting") sentences.push(msg("The connection to the bridge was interrupted.", { id: "bridge-interrupted" }));
      if (kind === "locked") sentences.push(msg("A room password is needed.", { id: "announce-locked" }));
      if (kind === "lost") sentences.push(msg("The connection to the bridge was lost.", { id: "announce-bridge-lost" }));
    }
    if (sentences.length === 0) return;
    this.#text = sentences.join(" ");
    this.#host.requestUpdate();
  }
}
