import type { ProjectFile } from "../project/project.ts";
import { openInTab } from "./open-in-tab.ts";
import type { LinkOptions } from "./playground-link.ts";
import type { Problem } from "./problem.ts";

/** What a link to an element's code is made of. */
export interface ElementLink extends LinkOptions {
  /** Origin of the bridge, whose page the link opens. */
  readonly bridge: string;
  readonly files: readonly ProjectFile[];
}

/** A link that opens the files in the bridge's own page. Rejects where they are too large for one (`too-large`), or what makes it cannot be had. */
export async function elementLink({ bridge, files, ...options }: ElementLink): Promise<string> {
  const { playgroundLink } = await import("./playground-link.ts");
  return playgroundLink(bridge, files, options);
}

/** Opens the files in the bridge's own page, in a tab of its own, while the reader's click is answered. Gives what kept it from that; rejects where a part cannot be had. */
export async function openElsewhere(element: ElementLink): Promise<Problem | undefined> {
  try {
    const link = await openInTab(() => elementLink(element));
    return link === undefined ? undefined : { kind: "no-tab", link };
  } catch (error) {
    if ((error as { code?: unknown }).code === "too-large") return { kind: "too-large" };
    throw error;
  }
}
