import type { NetworkStream } from "@playground/network";
import type { ByteField, CallSite, PrintedEvent, ProgramEvent } from "../event.ts";

/**
 * Told of what a script does with its connections, as far as its network does not see that. `stream` is always the one that the
 * program's `Network` has given. Called synchronously; must neither throw nor call back into the program.
 */
export interface ProgramObserver {
  /** More happens at the moment than is kept: what costs time to find out, as typed fields do, need not be. */
  readonly isBusy: boolean;
  /** The program begins: `calls` tells, whenever the network is called, where in the script that was. */
  begin(calls: ScriptCalls): void;
  /** The run has begun, or is over. */
  onState(state: ProgramEvent["state"]): void;
  /** A line was printed, or something was said about the program. `entry` is 0 outside of the script. */
  onPrinted(level: PrintedEvent["level"], text: string, entry: number): void;
  /** The callback of `listen` or `connect` is about to be called with the connection. */
  onAnnounced(stream: NetworkStream, site: CallSite): void;
  /** The connection has an onReceive from now on. */
  onReceiver(stream: NetworkStream): void;
  /** The script's onReceive is about to be called with `size` bytes; `offset` came before them. */
  onReceived(stream: NetworkStream, piece: { readonly offset: number; readonly size: number }, site: CallSite): void;
  /** The script has read bytes of a piece that it has received at `offset`, by `count` calls; `fields` gives them, then and there. */
  onRead(stream: NetworkStream, offset: number, count: number, fields: () => readonly ByteField[]): void;
  /** The script's onDisconnect is about to be called. */
  onEndTold(stream: NetworkStream, site: CallSite): void;
}

/** What the script's own call is, by which the network is called at the moment: to be asked then and there, and costs nothing before. */
export interface ScriptCalls {
  /** Where it stands; undefined where the network is called by the program itself, as when it ends. */
  site(): CallSite | undefined;
  /** What the script has written the bytes by that it sends, if it has. */
  written(): readonly ByteField[] | undefined;
}
