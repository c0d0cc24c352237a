import { msg, str } from "@lit/localize";
import { MAX_FILES, MAX_PROJECT_BYTES, type ShareErrorCode, type SkippedFile } from "@playground/share";
import { counted } from "../locale/counted.ts";
import { localNumber } from "../locale/numbers.ts";

/** What is wrong with a shared project, in the reader's words. */
export function shareFaultText(code: ShareErrorCode): string {
  switch (code) {
    case "not-a-share":
      return msg("There is no project in this link.", { id: "share-fault-none" });
    case "unknown-version":
      return msg("This was made with a newer version. Open the link there, or ask for one made with this version.", { id: "share-fault-version" });
    case "cut":
      return msg("The end of the link is missing: some programs cut long links. Copy the whole link again, or ask for a short one.", { id: "share-fault-cut" });
    case "bad-character":
    case "damaged":
    case "not-json":
      return msg("The link was changed on the way and cannot be read. Copy the whole link again, or ask for a short one.", { id: "share-fault-damaged" });
    case "too-large":
      return msg(str`The project is too large: it may have at most ${localNumber(MAX_PROJECT_BYTES / 1024)} KB.`, { id: "share-fault-large" });
    case "invalid":
      return msg("This is not a Playground project.", { id: "share-fault-invalid" });
    case "not-a-zip":
      return msg("This file is not a zip archive, or it is damaged.", { id: "share-fault-zip" });
  }
}

/** Why a file of an archive was left out. */
export function skippedText(reason: SkippedFile["reason"]): string {
  switch (reason) {
    case "not-luau":
      return msg("not a Luau file", { id: "skipped-not-luau" });
    case "bad-name":
      return msg("invalid name", { id: "skipped-bad-name" });
    case "taken":
      return msg("this name is taken", { id: "skipped-taken" });
    case "not-utf8":
      return msg("not UTF-8", { id: "skipped-not-utf8" });
    case "too-many":
      return counted(MAX_FILES, msg("more than # file|more than # files", { id: "skipped-too-many" }));
  }
}
