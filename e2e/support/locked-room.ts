import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A room that has a password of the operator's, at a bridge with these options. */
export interface LockedRoom {
  readonly name: string;
  readonly password: string;
  readonly bridgeOptions: readonly string[];
}

/** Calls `use` with a locked room; the file with its password is there for that time. */
export async function withLockedRoom(use: (room: LockedRoom) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "locked-room-"));
  try {
    const [name, password, file] = ["lesson", "сезам", join(folder, "rooms.json")];
    await writeFile(file, JSON.stringify({ [name]: password }));
    await use({ name, password, bridgeOptions: ["--room-passwords", file] });
  } finally {
    await rm(folder, { recursive: true });
  }
}
