import { css } from "lit";
import { fieldFrame } from "./field-frame.ts";

/** A line of text that is asked for in a form: its name, the field, and the field at fault. */
export const fieldStyles = css`
  label { font-weight: 500; }
  input:where(:not([type="checkbox"])) {
    min-block-size: 2.5rem;
    padding: 0 0.7rem;
    ${fieldFrame}
    font: var(--text-m) var(--mono);
  }
  input[aria-invalid="true"] { border-color: var(--failed); }
`;
