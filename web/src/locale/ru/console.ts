import { str } from "@lit/localize";

/** Consoles: input, search, the merged view, and notices. */
export const templates = {
  "notice-input-full": str`Набранная строка потеряна: zone.console.onInput ещё не разобрал ${0} строк.`,
};
