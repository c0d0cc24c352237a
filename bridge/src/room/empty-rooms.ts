import type { ClientAccount } from "../client/client-account.ts";
import type { Room } from "./room.ts";

/**
 * The rooms that nobody is in, which are kept for those who may come back. When a room is needed, one of them goes: the one that
 * was lived in for the shortest time, so that many that were only visited do not push out one where a lesson was.
 */
export class EmptyRooms {
  readonly #byOwner = new Map<ClientAccount, Set<Room>>();
  /** Whose they were when they became empty. */
  readonly #owners = new Map<Room, ClientAccount>();

  /** A room has become empty. Gives the one of its owner's that has to go for it, if any: itself, perhaps. */
  add(room: Room): Room | undefined {
    const { owner } = room;
    const rooms = this.#byOwner.get(owner) ?? new Set();
    this.#byOwner.set(owner, rooms.add(room));
    this.#owners.set(room, owner);
    const isTooMany = owner.refusal("emptyRooms") !== undefined;
    owner.add("emptyRooms");
    return isTooMany ? leastLivedIn(rooms) : undefined;
  }

  /** Somebody is in the room again, or it is gone. Does nothing for one that is not here. */
  delete(room: Room): void {
    const owner = this.#owners.get(room);
    if (owner === undefined) return;
    this.#owners.delete(room);
    owner.release("emptyRooms");
    const rooms = this.#byOwner.get(owner);
    rooms?.delete(room);
    if (rooms?.size === 0) this.#byOwner.delete(owner);
  }

  /** The one of this owner's that goes first. */
  firstOf(owner: ClientAccount): Room | undefined {
    return leastLivedIn(this.#byOwner.get(owner) ?? []);
  }

  /** The one that goes first, of the owner who has most. */
  first(): Room | undefined {
    let most: ReadonlySet<Room> = new Set();
    for (const rooms of this.#byOwner.values()) if (rooms.size > most.size) most = rooms;
    return leastLivedIn(most);
  }
}

function leastLivedIn(rooms: Iterable<Room>): Room | undefined {
  let least: Room | undefined;
  for (const room of rooms) if (least === undefined || room.livedInMs < least.livedInMs) least = room;
  return least;
}
