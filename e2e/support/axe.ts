import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { rounds } from "../../scripts/rounds.ts";
import { expect } from "./test.ts";

/** Rules about colours: what another colour scheme can break. Undefined for all rules. */
const COLOUR_RULES = rounds<readonly string[] | undefined>({ short: ["color-contrast", "link-in-text-block"], full: undefined });

/** What is looked at, unless everything is. */
interface Part {
  /** A selector of the part of the page; several lead through the shadow trees of elements. */
  readonly within?: string | readonly [string, string, ...string[]] | undefined;
  /** The rules that are held. */
  readonly rules?: readonly string[] | undefined;
}

/** That axe finds nothing that keeps people from using the page in this state. */
export async function isAccessible(page: Page, state: string, { within, rules }: Part = {}): Promise<void> {
  // What passes is not listed with all of its elements, which takes as long as finding out.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (rules !== undefined) builder.withRules([...rules]);
  // For frames of other sites axe opens a page that puts all results together.
  if (page.frames().length === 1) builder.setLegacyMode(true);
  const { violations } = await (
    within === undefined ? builder : builder.include(typeof within === "string" ? within : { fromShadowDom: [...within] })
  ).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect
    .soft(
      grave.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary ?? ""}`).join("; ")}`),
    )
    .toEqual([]);
}

/**
 * The same in light and in dark colours, one after the other in the same page, which follows the system at once. `contextOptions`
 * have to reduce motion: in the middle of a change, text may have the old colour on a new ground.
 */
export async function isAccessibleInBothSchemes(page: Page, state: string, within?: Part["within"]): Promise<void> {
  await isAccessible(page, `${state}, light`, { within });
  await page.emulateMedia({ colorScheme: "dark" });
  // Terminals follow a frame later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await isAccessible(page, `${state}, dark`, { within, rules: COLOUR_RULES });
  await page.emulateMedia({ colorScheme: "light" });
}
