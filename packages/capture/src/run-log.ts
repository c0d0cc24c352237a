import type { CaptureEvent, CaptureTime } from "./event.ts";
import { eventCost } from "./event-cost.ts";
import type { RunId } from "./ladder-item.ts";
import { CONNECTION_COST_BYTES } from "./limits.ts";

/** Of a connection: how it began, as long as it is open, and how many of its events are kept in the ring. */
interface Beginning {
  events: CaptureEvent[];
  /** So many of them, the first ones, are in the ring no more. */
  moved: number;
  inRing: number;
  isOver: boolean;
}

/**
 * What is known of one run beside its events in the ring. What has to give way there is the oldest, save how a connection began, which
 * comes here: bytes of which nobody knows whose they are would be of no use.
 */
export class RunLog {
  readonly run: RunId;
  file: string;
  readonly at: CaptureTime;
  /** The program has ended. */
  isOver = false;
  /** Events of the run that are kept, and bytes of their pieces. */
  events = 0;
  pieceBytes = 0;
  /** Bytes of memory beside the ring. */
  cost = 0;
  readonly #beginnings = new Map<number, Beginning>();

  constructor(run: RunId, file: string, at: CaptureTime) {
    this.run = run;
    this.file = file;
    this.at = at;
  }

  /** Beginnings of connections that are in the ring no more. */
  get moved(): CaptureEvent[] {
    return [...this.#beginnings.values()].flatMap(({ events, moved }) => events.slice(0, moved));
  }

  /** The event is in the ring now. */
  add(event: CaptureEvent): void {
    this.events += 1;
    this.pieceBytes += pieceOf(event).length;
    if (event.type === "program" && event.state !== "started") this.isOver = true;
    if (!("connection" in event)) return;
    let beginning = this.#beginnings.get(event.connection);
    if (!beginning) {
      this.#beginnings.set(event.connection, (beginning = { events: [], moved: 0, inRing: 0, isOver: false }));
      this.cost += CONNECTION_COST_BYTES;
    }
    beginning.inRing += 1;
    if (isBeginning(event) && !beginning.isOver) {
      beginning.events.push(event);
      this.cost += eventCost(event);
    }
    if (event.type !== "close" && event.type !== "connect-failed" && event.type !== "broken") return;
    beginning.isOver = true;
    // From now on they are only kept where the ring does not have them.
    this.#drop(beginning.events.splice(beginning.moved));
  }

  /** The event is in the ring no more. @returns how many events are gone by that: none where it stays as a connection's beginning */
  leftRing(event: CaptureEvent): number {
    const gone = this.#leftRing(event);
    this.events -= gone;
    this.pieceBytes -= pieceOf(event).length;
    return gone;
  }

  /** The oldest beginning gives way. @returns whether there was one */
  dropBeginning(): boolean {
    for (const [connection, beginning] of this.#beginnings) {
      if (beginning.moved === 0) continue;
      this.#drop(beginning.events.splice(0, 1));
      beginning.moved -= 1;
      this.events -= 1;
      this.#forget(connection, beginning);
      return true;
    }
    return false;
  }

  /** The ring is empty. Forgets all but how open connections began. */
  clear(): void {
    for (const [connection, beginning] of this.#beginnings) {
      beginning.inRing = 0;
      beginning.moved = beginning.isOver ? 0 : beginning.events.length;
      if (beginning.isOver) this.#drop(beginning.events.splice(0));
      this.#forget(connection, beginning);
    }
    this.events = this.moved.length;
    this.pieceBytes = 0;
  }

  #leftRing(event: CaptureEvent): number {
    if (!("connection" in event)) return 1;
    const { connection } = event;
    const beginning = this.#beginnings.get(connection);
    if (!beginning) return 1;
    beginning.inRing -= 1;
    const isUsed = beginning.inRing > 0 || !beginning.isOver;
    if (isUsed && isBeginning(event)) {
      if (beginning.events.length === beginning.moved) {
        beginning.events.push(event);
        this.cost += eventCost(event);
      }
      beginning.moved += 1;
      return 0;
    }
    if (isUsed) {
      this.#forget(connection, beginning);
      return 1;
    }
    const { moved } = beginning;
    beginning.moved = 0;
    this.#drop(beginning.events.splice(0));
    this.#forget(connection, beginning);
    return moved + 1;
  }

  #drop(events: readonly CaptureEvent[]): void {
    for (const event of events) this.cost -= eventCost(event);
  }

  /** Where nothing is kept of it any more. */
  #forget(connection: number, { events, inRing }: Beginning): void {
    if (inRing > 0 || events.length > 0) return;
    this.#beginnings.delete(connection);
    this.cost -= CONNECTION_COST_BYTES;
  }
}

/** The bytes of an event that are kept. */
export function pieceOf(event: CaptureEvent): Uint8Array {
  return event.type === "send" || event.type === "arrive" ? event.bytes : NO_BYTES;
}

const NO_BYTES = new Uint8Array();

function isBeginning(event: CaptureEvent): boolean {
  return event.type === "connect" || event.type === "opened" || event.type === "accepted";
}
