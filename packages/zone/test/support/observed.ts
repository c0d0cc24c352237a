import type { ByteField, CallSite } from "@playground/capture";
import type { ProgramObserver, ScriptCalls } from "@playground/capture/recording";
import type { Network, NetworkListener, NetworkStream } from "@playground/network";
import { testNetwork } from "./transports.ts";

/** What an observer was told, and what it was answered when the network was called. */
export type Observed =
  | { readonly what: "listen"; readonly site: CallSite | undefined }
  | { readonly what: "connect"; readonly site: CallSite | undefined }
  | { readonly what: "close"; readonly site: CallSite | undefined }
  | { readonly what: "send"; readonly site: CallSite | undefined; readonly written: readonly ByteField[] | undefined }
  | { readonly what: "state"; readonly state: string }
  | { readonly what: "printed"; readonly level: string; readonly text: string; readonly entry: number }
  | { readonly what: "announced"; readonly site: CallSite }
  | { readonly what: "end-told"; readonly site: CallSite }
  | { readonly what: "received"; readonly offset: number; readonly size: number; readonly site: CallSite }
  | { readonly what: "read"; readonly offset: number; readonly fields: readonly ByteField[] };

/** An observer that writes down all that it hears, with a network that asks it where it was called. */
export class ObserverNotes implements ProgramObserver {
  readonly isBusy = false;
  readonly notes: Observed[] = [];
  readonly network: Network;
  /** Streams that the network has given: what an observer hears of names one of them. */
  readonly streams = new Set<NetworkStream>();
  #calls: ScriptCalls | undefined;

  constructor() {
    this.network = this.#asking(testNetwork());
  }

  of<What extends Observed["what"]>(what: What): Extract<Observed, { what: What }>[] {
    return this.notes.filter((note): note is Extract<Observed, { what: What }> => note.what === what);
  }

  begin(calls: ScriptCalls): void {
    this.#calls = calls;
  }

  onState(state: string): void {
    this.notes.push({ what: "state", state });
  }

  onPrinted(level: string, text: string, entry: number): void {
    this.notes.push({ what: "printed", level, text, entry });
  }

  onAnnounced(stream: NetworkStream, site: CallSite): void {
    this.#know(stream);
    this.notes.push({ what: "announced", site });
  }

  onReceived(stream: NetworkStream, { offset, size }: { offset: number; size: number }, site: CallSite): void {
    this.#know(stream);
    this.notes.push({ what: "received", offset, size, site });
  }

  onRead(stream: NetworkStream, offset: number, count: number, fields: () => readonly ByteField[]): void {
    this.#know(stream);
    this.notes.push({ what: "read", offset, fields: fields() });
    if (fields().length !== count) throw new Error("the observer was told another number of reads");
  }

  onReceiver(stream: NetworkStream): void {
    this.#know(stream);
  }

  onEndTold(stream: NetworkStream, site: CallSite): void {
    this.#know(stream);
    this.notes.push({ what: "end-told", site });
  }

  #know(stream: NetworkStream): void {
    if (!this.streams.has(stream)) throw new Error("the observer was told of a stream that the network has not given");
  }

  #asking(network: Network): Network {
    const site = (): CallSite | undefined => this.#calls?.site();
    return {
      listen: (address, port, events): NetworkListener => {
        this.notes.push({ what: "listen", site: site() });
        return network.listen(address, port, { ...events, onAccept: (stream) => events.onAccept(this.#stream(stream)) });
      },
      connect: (host, port, events): NetworkStream => {
        this.notes.push({ what: "connect", site: site() });
        return this.#stream(network.connect(host, port, events));
      },
    };
  }

  #stream(stream: NetworkStream): NetworkStream {
    const asking: NetworkStream = {
      get remote() {
        return stream.remote;
      },
      get local() {
        return stream.local;
      },
      send: (bytes) => {
        this.notes.push({ what: "send", site: this.#calls?.site(), written: this.#calls?.written() });
        return stream.send(bytes);
      },
      end: () => stream.end(),
      close: () => {
        this.notes.push({ what: "close", site: this.#calls?.site() });
        stream.close();
      },
      abort: () => stream.abort(),
      consumed: (byteCount, wish) => stream.consumed(byteCount, wish),
    };
    this.streams.add(asking);
    return asking;
  }
}
