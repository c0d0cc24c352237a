import { msg } from "@lit/localize";
import type { Command } from "../ui/commands.ts";
import type { TimeControl } from "./time-control.ts";

/** Keys that the time bar shows as well. */
export const PAUSE_SHORTCUT = "Alt-p";
export const STEP_SHORTCUT = "Alt-.";

/** Taking time in hand. `showConditions` opens the conditions of the network. */
export function conditionsCommands(timeControl: TimeControl, showConditions: () => void | Promise<void>): Command[] {
  return [
    {
      id: "run.pause-network",
      group: "run",
      label: () => (timeControl.isPaused ? msg("Resume the network", { id: "network-resume" }) : msg("Pause the network", { id: "network-pause" })),
      shortcut: PAUSE_SHORTCUT,
      run: () => {
        timeControl.isPaused = !timeControl.isPaused;
      },
    },
    {
      id: "run.next-delivery",
      group: "run",
      label: () => msg("Next delivery", { id: "network-step" }),
      shortcut: STEP_SHORTCUT,
      isEnabled: () => timeControl.canStep,
      run: () => timeControl.step(),
    },
    {
      id: "run.network-conditions",
      group: "run",
      label: () => msg("Network conditions…", { id: "command-conditions" }),
      run: showConditions,
    },
  ];
}
