import { msg, str } from "@lit/localize";
import type { RenameRefusal } from "./luau/source/rename-local.ts";

/** Why a name stays as it is, in the reader's words. */
export function refusalText(refusal: RenameRefusal): string {
  switch (refusal.code) {
    case "source-faulty":
      return msg("The file has a syntax error: fix that first.", { id: "refusal-source-faulty" });
    case "no-local":
      return msg("Put the cursor on the name of a local variable, a function or a parameter.", { id: "refusal-no-local" });
    case "is-global":
      return msg("This is a global: other files may use it too, so it cannot be renamed here.", { id: "refusal-is-global" });
    case "is-self":
      return msg("This self is the object that the method is called on: Luau names it.", { id: "refusal-is-self" });
    case "bad-name":
      return msg("A name consists of Latin letters, digits and underscores, does not begin with a digit, and is not a keyword.", { id: "refusal-bad-name" });
    case "collision":
      return msg(str`This name is taken: in line ${refusal.line} it would refer to something else.`, { id: "refusal-collision" });
  }
}
