import { css } from "lit";
import { fieldFrame } from "./field-frame.ts";

/** What stands in dialogs, alike in every component: paragraphs, fields, rows of buttons. */
export const dialogParts = css`
  .content { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
  h3 { margin: 0; font: 600 var(--text-m) / 1.3 var(--font); }
  p { margin: 0; }
  .soft { color: var(--ink-soft); font-size: var(--text-s); }
  .fault { color: var(--failed); font-size: var(--text-s); }
  .buttons { display: flex; flex-wrap: wrap; gap: var(--space-2); justify-content: flex-end; }
  input[type="text"] {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    padding: 0 0.6rem;
    ${fieldFrame}
    font: var(--text-m) var(--font);
  }
  input[type="checkbox"] { accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; translate: 0 0.2rem; }
`;
