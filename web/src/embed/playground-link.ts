import { encodeShare, shareHash } from "@playground/share";
import type { ProjectFile } from "../project/project.ts";

/** A link that opens these files in the page of a bridge. `active`: the one that is open. `room`: one that the reader may join. */
export function playgroundLink(
  bridge: string,
  files: readonly ProjectFile[],
  { active, room }: { readonly active: string; readonly room?: string | undefined },
): string {
  const text = encodeShare({ files, ...(active !== "" && { open: active }), ...(room !== undefined && { room }) });
  return new URL(shareHash(text), `${bridge}/`).href;
}
