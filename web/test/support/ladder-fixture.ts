import type { Arrow, ArrowPiece, BesideBytes, ConnectionState, Gauge, LadderItem, Lifeline, Mark } from "@playground/capture";

/** Ladders made by hand, so that what shows them is tested without whoever makes them. */
export class LadderFixture {
  readonly lifelines: Lifeline[] = [];
  readonly items: LadderItem[] = [];
  readonly connections: ConnectionState[] = [];
  firstId = 1;
  #at: number;
  #id = 0;
  #changed: number[] = [];
  #isCleared = false;

  constructor(at = Date.UTC(2026, 8, 1, 9, 30)) {
    this.#at = at;
  }

  get now(): number {
    return this.#at;
  }

  lifeline(kind: Lifeline["kind"], name: string, address?: string): string {
    const id = `${kind}-${this.lifelines.length + 1}`;
    this.lifelines.push({ id, kind, name, ...(address !== undefined && { address }), ...(kind === "program" && { run: this.lifelines.length + 1 }) });
    return id;
  }

  /** Lets time pass. */
  wait(milliseconds: number): this {
    this.#at += milliseconds;
    return this;
  }

  mark(kind: Mark["kind"], rest: Partial<Mark> = {}): Mark {
    return this.#push({ shape: "mark", kind, id: ++this.#id, at: this.#at, ends: [], notes: [], ...rest });
  }

  arrow(kind: Arrow["kind"], from: string, to: string, rest: Partial<Arrow> = {}): Arrow {
    return this.#push({
      shape: "arrow",
      kind,
      from,
      to,
      id: ++this.#id,
      at: this.#at,
      ends: [{ run: 1, connection: 1 }],
      notes: [],
      state: "received",
      ...rest,
    });
  }

  bytes(
    from: string,
    to: string,
    text: string | Uint8Array,
    { piece, ...rest }: Omit<Partial<Arrow>, "piece"> & { readonly piece?: Partial<ArrowPiece> } = {},
  ): Arrow {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    const size = piece?.size ?? bytes.length;
    const times = { sentAt: this.#at, leftAt: this.#at, arrivedAt: this.#at + 3.4, releasedAt: this.#at + 3.4, receivedAt: this.#at + 15.2 };
    const whole: ArrowPiece = {
      offset: 0,
      size,
      bytes,
      send: { offset: 0, size, asked: size, part: 1, of: 1 },
      arrival: { offset: 0, size, sends: 1 },
      receipt: { offset: 0, size },
      written: [],
      read: [],
      ...piece,
    };
    return this.arrow("bytes", from, to, { ...times, piece: whole, ...rest });
  }

  connection(program: string, peer: string, rest: Partial<ConnectionState> = {}): ConnectionState {
    const state: ConnectionState = {
      key: { run: 1, connection: this.connections.length + 1 },
      program,
      peer,
      direction: "out",
      state: "open",
      since: this.#at,
      bytesOut: 0,
      bytesIn: 0,
      gauges: [],
      ...rest,
    };
    this.connections.push(state);
    return state;
  }

  gauge(rest: Partial<Gauge> = {}): Gauge {
    return { at: this.#at, sendBuffer: 0, sendBufferLimit: 1_048_576, window: 262_144, waiting: 0, ...rest };
  }

  /** All arrows of bytes between the same two, in their order, are one direction. */
  beside(id: number, reach: number): { readonly before: readonly BesideBytes[]; readonly after: readonly BesideBytes[] } {
    const item = this.items.find((one) => one.id === id) as Arrow;
    const all = this.items.filter((one): one is Arrow => one.shape === "arrow" && one.piece !== undefined && one.from === item.from && one.to === item.to);
    const index = all.indexOf(item);
    const taken = (arrows: readonly Arrow[], isBefore: boolean): BesideBytes[] => {
      let left = reach;
      return arrows.flatMap(({ id: other, piece }) => {
        const bytes = piece?.bytes ?? new Uint8Array();
        const size = Math.min(left, bytes.length);
        left -= size;
        return size === 0 ? [] : [{ id: other, bytes: isBefore ? bytes.slice(bytes.length - size) : bytes.slice(0, size) }];
      });
    };
    return { before: taken(all.slice(0, index).reverse(), true), after: taken(all.slice(index + 1), false) };
  }

  takeChanges(): { readonly changed: readonly number[]; readonly isCleared: boolean } {
    const result = { changed: this.#changed, isCleared: this.#isCleared };
    this.#changed = [];
    this.#isCleared = false;
    return result;
  }

  timePasses(): void {}

  clear(): void {
    this.items.length = this.lifelines.length = this.connections.length = 0;
    this.firstId = this.#id + 1;
    this.#isCleared = true;
  }

  #push<T extends LadderItem>(item: T): T {
    this.items.push(item);
    this.#changed.push(item.id);
    return item;
  }
}
