import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The oldest browsers that everything works in. README.md names them. */
export const OLDEST = { safari: "16.4", safari_ios: "16.4", firefox: "115", chrome: "109" } as const;

type Browser = keyof typeof OLDEST;

/** Newer than all versions that the data know; what is only announced has no number. */
const LATEST = { safari: "9999", safari_ios: "9999", firefox: "9999", chrome: "9999" } as const;

/** How MDN's data say since when a browser has a feature; only what is read here. */
interface Statement {
  readonly version_added: string | boolean | null;
  readonly version_removed?: string | boolean | null;
  readonly flags?: unknown;
  readonly prefix?: string;
  readonly alternative_name?: string;
}

interface Node {
  readonly __compat?: { readonly support: Partial<Record<Browser, Statement | readonly Statement[]>> };
  readonly [name: string]: unknown;
}

/** A feature by its path in MDN's data, `["api", "HTMLElement", "showPopover"]`. */
export interface Feature {
  readonly path: readonly string[];
  /** Some of the oldest browsers has it not. */
  readonly isNewer: boolean;
  /** The latest version of every browser has it. */
  readonly isCommon: boolean;
}

const DATA = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@mdn/browser-compat-data"), "utf8")) as Node;

/** All features below these paths of MDN's data. */
export function features(...roots: readonly string[]): Feature[] {
  return roots.flatMap((root) => {
    const path = root.split(".");
    return [
      ...walk(
        path.reduce((node, name) => node[name] as Node, DATA),
        path,
      ),
    ];
  });
}

function* walk(node: Node, path: readonly string[]): Generator<Feature> {
  if (node.__compat !== undefined) yield { path, isNewer: !has(node, OLDEST), isCommon: has(node, LATEST) };
  for (const [name, child] of Object.entries(node)) {
    if (name !== "__compat" && typeof child === "object" && child !== null) yield* walk(child as Node, [...path, name]);
  }
}

/** Whether all browsers have a feature in these versions, under its name and without being told to. */
function has(node: Node, versions: Readonly<Record<Browser, string>>): boolean {
  return (Object.entries(versions) as [Browser, string][]).every(([browser, version]) => {
    const statements = [node.__compat?.support[browser] ?? []].flat() as readonly Statement[];
    return statements.some(
      ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: other }) =>
        flags === undefined &&
        prefix === undefined &&
        other === undefined &&
        typeof added === "string" &&
        isAtMost(added, version) &&
        (typeof removed !== "string" || !isAtMost(removed, version)),
    );
  });
}

/** Compares versions such as "16.4" and "≤37"; "preview" is newer than all. */
function isAtMost(version: string, limit: string): boolean {
  const [numbers, limits] = [version, limit].map((text) => text.replace("≤", "").split(".").map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(numbers.length, limits.length); at++) {
    const difference = (numbers[at] ?? 0) - (limits[at] ?? 0);
    if (Number.isNaN(difference) || difference > 0) return false;
    if (difference < 0) return true;
  }
  return true;
}
