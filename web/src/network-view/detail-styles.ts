import { css } from "lit";

/** What is shown of one item. */
export const detailStyles = css`
  :host { display: block; overflow: auto; overscroll-behavior: contain; background: var(--surface); }
  header { position: sticky; inset-block-start: 0; z-index: 1; display: flex; align-items: start; gap: var(--space-2); padding: 0.35rem 0.35rem 0.35rem var(--space-3); background: var(--surface); border-block-end: 1px solid var(--line); }
  h3 { flex: 1; min-inline-size: 0; margin: 0; padding-block: 0.4rem; font: 600 var(--text-m) / 1.35 var(--font); overflow-wrap: anywhere; outline-offset: -2px; }
  h4 { margin: 0 0 0.3rem; font: 600 var(--text-s) / 1.3 var(--font); color: var(--ink-soft); }
  .content { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); padding: var(--space-3); font-size: var(--text-s); line-height: 1.5; }
  p, ul, dl, ol { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  .notes { display: grid; gap: var(--space-2); }
  .notes li { padding: 0.4rem 0.6rem; border-inline-start: 3px solid var(--waiting); border-radius: 0 var(--radius-s) var(--radius-s) 0; background: var(--warn-wash); color: var(--ink); }
  .failure { color: var(--failed); overflow-wrap: anywhere; }
  .lines { display: flex; flex-wrap: wrap; gap: var(--space-2); }
  .lines button { block-size: auto; min-block-size: 2rem; padding-block: 0.3rem; max-inline-size: 100%; white-space: normal; text-align: start; line-height: 1.3; font-size: var(--text-s); }
  .lines code { font: 600 var(--text-s) / 1.3 var(--mono); overflow-wrap: anywhere; }
  .hex { overflow-x: auto; padding: 0.4rem 0.5rem; border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--paper); font: var(--text-xs) / 1.6 var(--mono); }
  .hex li { display: flex; gap: 1.5ch; inline-size: max-content; white-space: pre; }
  .offset { color: var(--ink-faint); }
  .hex span.cell { display: inline-block; }
  .as-text { border-inline-start: 1px solid var(--line); padding-inline-start: 1ch; }
  .control, .invalid { color: var(--code-escape); }
  .cut-before, .cut-after { color: var(--code-escape); outline: 1px dashed currentColor; outline-offset: -1px; border-radius: 2px; }
  .soft { color: var(--ink-soft); }
  .more { margin-block-start: var(--space-2); }
  dl { display: grid; grid-template-columns: max-content max-content minmax(0, 1fr); gap: 0.1rem var(--space-3); font-variant-numeric: tabular-nums; }
  dt { color: var(--ink-soft); grid-column: 1; }
  dd { margin: 0; }
  .fields { grid-template-columns: max-content minmax(0, 1fr); font-family: var(--mono); }
  .fields dd { overflow-wrap: anywhere; }
  .printed { padding: 0.3rem 0.5rem; border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--console); font: var(--text-s) / 1.45 var(--mono); overflow-wrap: anywhere; }
`;
