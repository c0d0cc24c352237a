import { msg } from "@lit/localize";

/** What the bridge is, for those who have not met the word. */
export function bridgeMeaning(): string {
  return msg("The bridge is the program that serves this page and that its TCP goes through: on the teacher's computer or on a server.", {
    id: "bridge-meaning",
  });
}
