import { css } from "lit";

/** Fields and messages of the room's forms, alike in both dialogs. */
export const formStyles = css`
  form { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-1); }
  .row { display: flex; gap: var(--space-2); }
  .row input { flex: 1; min-inline-size: 0; }
  .row button { min-block-size: 2.5rem; }
  /* A name may be as long as the form is wide. */
  form > button { block-size: auto; padding-block: 0.4rem; line-height: 1.3; white-space: normal; overflow-wrap: anywhere; }
  .fault { margin: 0; color: var(--failed); font-size: var(--text-s); overflow-wrap: anywhere; }
  .fault:empty { display: none; }
  .note { margin: 0; color: var(--ink-soft); font-size: var(--text-s); overflow-wrap: anywhere; }
`;
