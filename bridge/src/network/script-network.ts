import type { NetworkFailure } from "@playground/network";
import type { NetworkMode } from "@playground/wire/codec";
import type { IpAddress } from "@playground/tcp";
import type { ListenerEntry } from "../room/listener-table.ts";
import type { Machine } from "../room/machine.ts";
import type { RoomAddresses } from "../room/room-addresses.ts";
import type { Room } from "../room/room.ts";

/** One address to connect to. */
export interface DialAddress {
  readonly address: string;
  readonly port: number;
  /** The address to connect from; the operating system chooses when absent. */
  readonly localAddress?: string;
  /** The script's listener that the connection is for: it has to arrive there, and nowhere else. */
  readonly listener?: ListenerEntry;
}

/** Where a script's connection goes. */
export type Route =
  | { readonly kind: "dial"; readonly to: DialAddress }
  /** The name has to be looked up; the addresses found are decided on one by one. `unknown`: what is said where nobody knows it. */
  | { readonly kind: "lookup"; readonly name: string; readonly unknown: () => NetworkFailure }
  | { readonly kind: "refuse"; readonly failure: NetworkFailure };

/** What a script's `listen` binds. */
export type Binding =
  | {
      readonly kind: "bind";
      readonly address: string;
      /** Only the machine itself may connect: the script asked for 127.0.0.1. */
      readonly isPrivate: boolean;
      /** The script asked for every address. */
      readonly isWildcard: boolean;
      /** Whether a free port that the operating system has chosen may be kept. */
      readonly mayHave: (port: number) => boolean;
    }
  | { readonly kind: "refuse"; readonly failure: NetworkFailure };

/** What addresses mean to scripts: a LAN for each room, or the addresses of the bridge's machine. */
export interface ScriptNetwork {
  readonly mode: NetworkMode;
  /** The addresses for a new room; undefined when there are none left. */
  openRoom(name: string): RoomAddresses | undefined;
  /** Whether only scripts may be reached at this address, so that the page cannot be opened there. */
  isForScripts(address: IpAddress): boolean;
  /** Decides what `listen(port, address)` of a script on this machine binds. */
  bindingFor(machine: Machine, address: string, port: number): Binding;
  /** Decides where a connection of a script on this machine goes. */
  routeFor(room: Room, machine: Machine, host: string, port: number): Route;
}
