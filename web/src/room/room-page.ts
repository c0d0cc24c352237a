import type { PageSession } from "../session/page-session.ts";
import type { RoomPresence } from "./room-presence.ts";

/** What the room's dialogs need of the page that they are in. */
export interface RoomPage {
  /** The room's name. */
  readonly room: string;
  readonly presence: RoomPresence;
  readonly session: PageSession;
  /** Tries this password for the room. */
  enterRoom(password: string): void;
}
