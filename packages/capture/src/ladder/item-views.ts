import type { Endpoint, NetworkFailure } from "@playground/network";
import type { CallSite, CaptureTime } from "../event.ts";
import type { Arrow, ArrowPiece, ConnectionKey, Mark } from "../ladder-item.ts";
import type { Note } from "../note.ts";
import type { Flow } from "./exchange.ts";

/** What an arrow is read from. */
export interface ArrowSource {
  readonly id: number;
  readonly at: CaptureTime;
  readonly kind: Arrow["kind"];
  readonly flow: Flow;
  readonly state: Arrow["state"];
  readonly sentAt: CaptureTime | undefined;
  readonly leftAt: CaptureTime | undefined;
  readonly arrivedAt: CaptureTime | undefined;
  readonly releasedAt: CaptureTime | undefined;
  readonly receivedAt: CaptureTime | undefined;
  readonly failure: NetworkFailure | undefined;
  readonly sender: CallSite | undefined;
  readonly receiver: CallSite | undefined;
  readonly opener: CallSite | undefined;
  makePiece(): ArrowPiece | undefined;
  makeNotes(): readonly Note[];
}

/**
 * An item without anything of its own, since there are 20,000 and a reader sees thirty: what is asked for is made then. An item that has
 * changed is another one, of the same row.
 */
export class ArrowView implements Arrow {
  readonly #row: ArrowSource;

  constructor(row: ArrowSource) {
    this.#row = row;
  }

  get shape(): "arrow" {
    return "arrow";
  }

  get kind(): Arrow["kind"] {
    return this.#row.kind;
  }

  get id(): number {
    return this.#row.id;
  }

  get at(): CaptureTime {
    return this.#row.at;
  }

  get ends(): readonly ConnectionKey[] {
    return endsOf(this.#row.flow);
  }

  get from(): string {
    return this.#row.flow.from;
  }

  get to(): string {
    return this.#row.flow.to;
  }

  get state(): Arrow["state"] {
    return this.#row.state;
  }

  get sentAt(): CaptureTime | undefined {
    return this.#row.sentAt;
  }

  get leftAt(): CaptureTime | undefined {
    return this.#row.leftAt;
  }

  get arrivedAt(): CaptureTime | undefined {
    return this.#row.arrivedAt;
  }

  get releasedAt(): CaptureTime | undefined {
    return this.#row.releasedAt;
  }

  get receivedAt(): CaptureTime | undefined {
    return this.#row.receivedAt;
  }

  get local(): Endpoint | undefined {
    const { sender, receiver } = this.#row.flow;
    return sender?.local ?? receiver?.remote;
  }

  get remote(): Endpoint | undefined {
    const { sender, receiver } = this.#row.flow;
    return sender?.remote ?? receiver?.local;
  }

  get target(): Endpoint | undefined {
    const { kind, flow } = this.#row;
    const { sender } = flow;
    return kind === "connect" && sender?.direction === "out" ? { address: sender.host, port: sender.port } : undefined;
  }

  get failure(): NetworkFailure | undefined {
    return this.#row.failure;
  }

  get piece(): ArrowPiece | undefined {
    return this.#row.makePiece();
  }

  get sender(): CallSite | undefined {
    return this.#row.sender;
  }

  get receiver(): CallSite | undefined {
    return this.#row.receiver;
  }

  get opener(): CallSite | undefined {
    return this.#row.opener;
  }

  get notes(): readonly Note[] {
    return this.#row.makeNotes();
  }
}

/** What a mark is read from. */
export interface MarkSource {
  readonly id: number;
  readonly at: CaptureTime;
  readonly ends: readonly ConnectionKey[];
  readonly details: Omit<Mark, "id" | "at" | "shape" | "notes" | "ends">;
}

/** As `ArrowView`. */
export class MarkView implements Mark {
  readonly #row: MarkSource;

  constructor(row: MarkSource) {
    this.#row = row;
  }

  get shape(): "mark" {
    return "mark";
  }

  get id(): number {
    return this.#row.id;
  }

  get at(): CaptureTime {
    return this.#row.at;
  }

  get ends(): readonly ConnectionKey[] {
    return this.#row.ends;
  }

  get notes(): readonly Note[] {
    return NO_NOTES;
  }

  get kind(): Mark["kind"] {
    return this.#row.details.kind;
  }

  get on(): string | undefined {
    return this.#row.details.on;
  }

  get endpoint(): Endpoint | undefined {
    return this.#row.details.endpoint;
  }

  get failure(): NetworkFailure | undefined {
    return this.#row.details.failure;
  }

  get site(): CallSite | undefined {
    return this.#row.details.site;
  }

  get text(): string | undefined {
    return this.#row.details.text;
  }

  get level(): Mark["level"] {
    return this.#row.details.level;
  }

  get control(): Mark["control"] {
    return this.#row.details.control;
  }

  get lost(): Mark["lost"] {
    return this.#row.details.lost;
  }

  get state(): Mark["state"] {
    return this.#row.details.state;
  }

  get how(): Mark["how"] {
    return this.#row.details.how;
  }

  get unread(): number | undefined {
    return this.#row.details.unread;
  }
}

const NO_NOTES: readonly Note[] = [];

/** The ends of a direction's connection that are in the page, the one that connected first. */
function endsOf({ sender, receiver }: Flow): readonly ConnectionKey[] {
  if (!sender || !receiver) return sender || receiver ? [(sender ?? receiver)!.key] : [];
  return sender.direction === "in" && receiver.direction === "out" ? [receiver.key, sender.key] : [sender.key, receiver.key];
}
