import { css } from "lit";

/** Fields and messages of the room's forms, alike in both dialogs. */
export const formStyles = css`
  form { display: grid; gap: var(--space-1); }
  .row { display: flex; gap: var(--space-2); }
  .row input { flex: 1; min-inline-size: 0; }
  .row button { min-block-size: 2.5rem; }
  .fault { margin: 0; color: var(--failed); font-size: var(--text-s); }
  .fault:empty { display: none; }
  .note { margin: 0; color: var(--ink-soft); font-size: var(--text-s); }
`;
