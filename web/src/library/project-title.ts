import { msg } from "@lit/localize";

/** What a project is called where it has no title yet. */
export function projectTitle(title: string): string {
  return title === "" ? msg("Untitled project", { id: "untitled" }) : title;
}
