import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";

/** Looking at the room. */
export function roomCommands(showRoom: () => void | Promise<void>): Command[] {
  return [
    {
      id: "view.room",
      group: "view",
      label: () => msg("Who is in the room…", { id: "command-room" }),
      run: showRoom,
    },
  ];
}
