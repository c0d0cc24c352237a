import { css } from "lit";

/** What every field for a line of text looks like, as declarations for the rule of whoever draws one; size and font are its own. */
export const fieldFrame = css`
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--paper);
    color: var(--ink);
`;
