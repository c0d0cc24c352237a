import type { LadderItem } from "@playground/capture";

/** All that an item says: its properties are made when they are asked for, and none is its own. */
export function plain(item: LadderItem): Record<string, unknown> {
  const names = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(item) as object)).flatMap(([name, { get }]) => (get ? name : []));
  return Object.fromEntries(names.map((name) => [name, item[name as keyof LadderItem]]));
}
