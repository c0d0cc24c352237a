import { msg } from "@lit/localize";
import type { TemplateResult } from "lit";
import { failedIcon, runningIcon, stoppedIcon, waitingIcon } from "../ui/icons.ts";
import type { ProgramState } from "./program-state.ts";

/** What a program is doing, in the reader's words. */
export function programStateText(state: ProgramState): string {
  switch (state) {
    case "stopped":
      return msg("stopped", { id: "state-stopped" });
    case "starting":
      return msg("starting", { id: "state-starting" });
    case "running":
      return msg("running", { id: "state-running" });
    case "connecting":
      return msg("waiting to connect", { id: "state-connecting" });
    case "stopping":
      return msg("stopping", { id: "state-stopping" });
    case "failed":
      return msg("failed", { id: "state-failed" });
  }
}

/** The same as a picture: each state has a shape of its own, not only a colour. */
export function programStateIcon(state: ProgramState): TemplateResult {
  switch (state) {
    case "running":
      return runningIcon;
    case "starting":
    case "connecting":
    case "stopping":
      return waitingIcon;
    case "failed":
      return failedIcon;
    case "stopped":
      return stoppedIcon;
  }
}
