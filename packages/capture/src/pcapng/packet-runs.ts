import type { Endpoint } from "@playground/network";
import type { CapturedRun } from "../captured-run.ts";
import type { CaptureEvent, CaptureTime } from "../event.ts";
import { MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS } from "../limits.ts";
import { ACK, FIN, RST, SYN } from "./ip-packet.ts";
import type { ReadSegment } from "./tcp-frame.ts";

/** Segments of a direction that wait for those before them: more are taken for lost. */
const MAX_WAITING_SEGMENTS = 64;

/** One of both ends. */
interface PacketEnd {
  readonly events: CaptureEvent[];
  readonly connection: number;
}

/** One direction, with the end that its bytes come from and the other. */
interface PacketFlow {
  readonly from: PacketEnd;
  readonly to: PacketEnd;
  /** The sequence number of the first byte; absent until one is known. */
  first: number | undefined;
  /** Bytes that have gone on. */
  passed: number;
  /** What came before its turn, by offset. */
  readonly waiting: { readonly offset: number; readonly segment: ReadSegment; readonly at: CaptureTime }[];
  hasEnded: boolean;
}

interface PacketStream {
  readonly client: Endpoint;
  readonly flows: readonly [PacketFlow, PacketFlow];
  readonly server: Endpoint;
  isOpen: boolean;
  isOver: boolean;
}

/** Makes events of packets that others captured: each address is told as a program would be, by its connections alone. */
export class PacketRuns {
  readonly #runs = new Map<string, { readonly at: CaptureTime; readonly events: CaptureEvent[]; connections: number }>();
  readonly #streams = new Map<string, PacketStream>();
  #events = 0;
  /** Not all packets found room. */
  isCut = false;

  get isEmpty(): boolean {
    return this.#runs.size === 0;
  }

  /** No packet follows: what waits for others waits in vain. */
  finish(): CapturedRun[] {
    for (const { flows } of this.#streams.values()) {
      for (const flow of flows) for (const { at, offset, segment } of flow.waiting.splice(0)) this.#pass(at, flow, offset, segment);
    }
    return [...this.#runs].map(([address, { at, events }], index) => ({ run: index + 1, file: address, at, events }));
  }

  add(at: CaptureTime, segment: ReadSegment): void {
    if (this.#events >= MAX_CAPTURE_EVENTS - 4) {
      this.isCut = true;
      return;
    }
    const stream = this.#streamOf(at, segment);
    if (!stream) return;
    const isFromClient = sameEndpoint(stream.client, segment.from);
    const flow = stream.flows[isFromClient ? 0 : 1];
    const { flags, sequence } = segment;
    if ((flags & SYN) !== 0) flow.first ??= (sequence + 1) >>> 0;
    const isAnswer = !isFromClient && (flags & (SYN | ACK)) === (SYN | ACK);
    if ((flags & RST) !== 0) return this.#reset(at, stream, flow, isFromClient);
    if (isAnswer || segment.size > 0 || (flags & FIN) !== 0) this.#open(at, stream);
    if ((flags & SYN) === 0) flow.first ??= sequence;
    this.#data(at, flow, segment);
  }

  #streamOf(at: CaptureTime, { from, to, flags }: ReadSegment): PacketStream | undefined {
    const key = streamKey(from, to);
    const known = this.#streams.get(key);
    const isBeginning = (flags & (SYN | ACK)) === SYN;
    if (known && !(isBeginning && (known.isOver || known.isOpen))) return known;
    if ((flags & RST) !== 0) return undefined;
    // Where the beginning was not captured, the side with the higher port is taken for the one that connected.
    const isFromClient = isBeginning || ((flags & SYN) === 0 && from.port >= to.port);
    const [client, server] = isFromClient ? [from, to] : [to, from];
    const [one, two] = [this.#endOf(at, client.address), this.#endOf(at, server.address)];
    if (!one || !two) {
      this.isCut = true;
      return undefined;
    }
    const stream: PacketStream = { client, server, flows: [flowBetween(one, two), flowBetween(two, one)], isOpen: false, isOver: false };
    this.#streams.set(key, stream);
    this.#tell(one, { type: "connect", at, connection: one.connection, host: server.address, port: server.port });
    return stream;
  }

  #endOf(at: CaptureTime, address: string): PacketEnd | undefined {
    let run = this.#runs.get(address);
    if (!run && this.#runs.size >= MAX_CAPTURE_RUNS) return undefined;
    if (!run) this.#runs.set(address, (run = { at, events: [], connections: 0 }));
    run.connections += 1;
    return { events: run.events, connection: run.connections };
  }

  #open(at: CaptureTime, stream: PacketStream): void {
    if (stream.isOpen) return;
    stream.isOpen = true;
    const { client, server } = stream;
    const { from, to } = stream.flows[0];
    this.#tell(to, { type: "accepted", at, connection: to.connection, listener: 1, local: server, remote: client });
    this.#tell(from, { type: "opened", at, connection: from.connection, local: client, remote: server });
  }

  #reset(at: CaptureTime, stream: PacketStream, flow: PacketFlow, isFromClient: boolean): void {
    if (stream.isOver) return;
    stream.isOver = true;
    const { connection } = flow.to;
    if (stream.isOpen) {
      this.#tell(flow.to, { type: "broken", at, connection, failure: { code: "connection-reset", message: "the other side reset the connection" } });
    } else if (!isFromClient) {
      this.#tell(flow.to, { type: "connect-failed", at, connection, failure: { code: "connection-refused", message: "the connection was refused" } });
    }
  }

  /** In the order of the bytes, each once: segments come twice, and in another order. */
  #data(at: CaptureTime, flow: PacketFlow, segment: ReadSegment): void {
    const isEnd = (segment.flags & FIN) !== 0;
    if (flow.hasEnded || flow.first === undefined || (segment.size === 0 && !isEnd)) return;
    const from = (segment.flags & SYN) === 0 ? segment.sequence : segment.sequence + 1;
    // Sequence numbers count modulo 2^32; a segment is near what has gone on.
    const offset = flow.passed + ((from - flow.first - flow.passed) | 0);
    const index = flow.waiting.findIndex((one) => one.offset > offset);
    flow.waiting.splice(index === -1 ? flow.waiting.length : index, 0, { offset, segment, at });
    for (let next = flow.waiting[0]; next; next = flow.waiting[0]) {
      const isEarly = next.offset > flow.passed;
      if (isEarly && flow.waiting.length <= MAX_WAITING_SEGMENTS) return;
      flow.waiting.shift();
      this.#pass(at, flow, next.offset, next.segment);
    }
  }

  #pass(at: CaptureTime, flow: PacketFlow, offset: number, segment: ReadSegment): void {
    const { from, to } = flow;
    const end = offset + segment.size;
    const start = Math.max(offset, flow.passed);
    if (end > start) {
      const bytes = segment.bytes.slice(start - offset);
      const size = end - start;
      this.#tell(from, { type: "send", at, connection: from.connection, offset: start, size, asked: size, bytes });
      this.#tell(to, { type: "arrive", at, connection: to.connection, offset: start, size, bytes });
      flow.passed = end;
    }
    if ((segment.flags & FIN) === 0) return;
    flow.hasEnded = true;
    this.#tell(to, { type: "end", at, connection: to.connection, offset: flow.passed });
  }

  #tell(end: PacketEnd, event: CaptureEvent): void {
    if (this.#events >= MAX_CAPTURE_EVENTS) {
      this.isCut = true;
      return;
    }
    end.events.push(event);
    this.#events += 1;
  }
}

function flowBetween(from: PacketEnd, to: PacketEnd): PacketFlow {
  return { from, to, first: undefined, passed: 0, waiting: [], hasEnded: false };
}

function sameEndpoint(one: Endpoint, two: Endpoint): boolean {
  return one.port === two.port && one.address === two.address;
}

function streamKey(one: Endpoint, two: Endpoint): string {
  const keys = [`${one.address} ${one.port}`, `${two.address} ${two.port}`];
  return keys.sort().join(" ");
}
