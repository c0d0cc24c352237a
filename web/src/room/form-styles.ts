import { css } from "lit";

/** Fields and messages of the room's forms, alike in both dialogs. */
export const formStyles = css`
  form { display: grid; gap: var(--space-1); }
  label { font-weight: 500; }
  .row { display: flex; gap: var(--space-2); }
  .row input { flex: 1; min-inline-size: 0; }
  input {
    min-block-size: 2.5rem;
    padding: 0 0.7rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--paper);
    color: inherit;
    font: var(--text-m) var(--mono);
  }
  input[aria-invalid="true"] { border-color: var(--failed); }
  .row button { min-block-size: 2.5rem; }
  .fault { margin: 0; color: var(--failed); font-size: var(--text-s); }
  .fault:empty { display: none; }
  .note { margin: 0; color: var(--ink-soft); font-size: var(--text-s); }
`;
