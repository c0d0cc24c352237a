import { css } from "lit";
import { fieldFrame } from "../ui/field-frame.ts";

/** The field of a console's own form, which is lower than those of dialogs. */
export const consoleField = css`
  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 2rem;
    padding: 0 0.5rem;
    ${fieldFrame}
    font: var(--text-s) var(--mono);
  }
`;
