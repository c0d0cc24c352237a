import type { Network } from "@playground/network";
import { TcpNetwork } from "@playground/tcp";
import { onTestFinished } from "vitest";
import { run, type RunningProgram } from "../../../zone/test/support/run-program.ts";
import { Recorder } from "../../src/recording/index.ts";
import type { CaptureEvent } from "../../src/index.ts";

type EventOf<Type extends CaptureEvent["type"]> = Extract<CaptureEvent, { type: Type }>;

/** A program that runs over real sockets and is recorded. */
export class RecordedProgram {
  readonly recorder = new Recorder(() => performance.timeOrigin + performance.now());
  readonly #events: CaptureEvent[] = [];
  running!: RunningProgram;

  /** All that was recorded so far. */
  get events(): readonly CaptureEvent[] {
    this.#events.push(...(this.recorder.take()?.events ?? []));
    return this.#events;
  }

  of<Type extends CaptureEvent["type"]>(type: Type): readonly EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** What was recorded of connections and listeners, in short: the type with what matters of it. */
  get story(): readonly string[] {
    return this.events.flatMap((event) => {
      const held = "held" in event && event.held ? " held" : "";
      switch (event.type) {
        case "gauge":
        case "printed":
        case "program":
        case "fields-read":
        case "announced":
          return [];
        case "send":
        case "arrive":
        case "leave":
        case "release":
        case "receive":
          return [`${event.type} ${event.offset}+${event.size}${held}`];
        case "close":
          return [`close ${event.how} after ${event.offset}, ${event.unread} unread${held}`];
        case "end":
          return [`end after ${event.offset}${held}`];
        default:
          return [event.type];
      }
    });
  }

  /** Waits until so many events of a type are there. */
  async until(type: CaptureEvent["type"], count = 1): Promise<void> {
    while (this.of(type).length < count) {
      const before = this.running.lines.length;
      await this.running.until(() => this.of(type).length >= count || this.running.lines.length > before);
    }
  }

  static async start(script: string, between: (network: Network) => Network = (network) => network): Promise<RecordedProgram> {
    const recorded = new RecordedProgram();
    const { recorder } = recorded;
    const network = recorder.scriptSide(between(recorder.wireSide(new TcpNetwork())));
    const frames = setInterval(() => recorder.frame(), 5);
    onTestFinished(() => clearInterval(frames));
    recorded.running = await run(script, { observer: recorder, network });
    return recorded;
  }
}
