import type { ProjectFiles } from "./project-files.ts";
import { readPaths } from "./read-paths.ts";

/** Whether an argument is a link and no path. */
export function isLink(target: string): boolean {
  return /^https?:\/\//.test(target) || target.startsWith("#");
}

/** The projects behind links. Rejects with a `ReadError`. */
export async function readLinks(links: readonly string[]): Promise<ProjectFiles[]> {
  if (links.length === 0) return [];
  // What links and zips are made of is loaded where there is one.
  const { readLink } = await import("./read-link.ts");
  return Promise.all(links.map(readLink));
}

/** The projects of an argument list: links, then files, folders and zips as seen from `from`. Rejects with a `ReadError`. */
export async function readTargets(targets: readonly string[], from: string): Promise<ProjectFiles[]> {
  const links = await readLinks(targets.filter(isLink));
  return [
    ...links,
    ...(await readPaths(
      targets.filter((target) => !isLink(target)),
      from,
    )),
  ];
}
