import type { CallSite, LadderItem, Mark } from "@playground/capture";
import type { CapturedLadder } from "./network-page.ts";

/** What was printed in the callbacks that had an arrow's bytes, or its connection, in the order of time. */
export function printedWith(ladder: CapturedLadder, item: LadderItem): readonly Mark[] {
  if (item.shape !== "arrow") return [];
  return [...printedIn(ladder, item.to, item.receiver), ...printedIn(ladder, item.from, item.opener)].sort((one, other) => one.at - other.at);
}

function printedIn(ladder: CapturedLadder, lifeline: string, site: CallSite | undefined): readonly Mark[] {
  const run = ladder.lifelines.find(({ id }) => id === lifeline)?.run;
  if (site === undefined || run === undefined) return [];
  return ladder.printedIn(run, site.entry).flatMap((id) => {
    const item = ladder.item(id);
    return item?.shape === "mark" ? [item] : [];
  });
}
