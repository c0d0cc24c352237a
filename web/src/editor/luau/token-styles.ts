import { type CSSResult, unsafeCSS } from "lit";
import { TOKEN_COLOURS } from "./token-colours.ts";

/** Colours for code that is shown without an editor: a token's element has the class `t-` with the token's name. */
export const tokenStyles: CSSResult = unsafeCSS(
  Object.entries(TOKEN_COLOURS)
    .map(([token, colour]) => `.t-${token} { color: var(--code-${colour}); }`)
    .join("\n"),
);
