import { css } from "lit";

/**
 * Where a lesson stands in its element: beside the code where the element is wide enough for both, above it elsewhere. The element's own width
 * decides, and not the window's: it may be a column of its page. Pixels, since the page's root font is anybody's.
 */
export const lessonLayout = css`
  .frame { container-type: inline-size; }
  :host([lesson]:not([height])) .code { block-size: calc(22rem + min(var(--messages-height, 0px), 12rem)); }
  .lesson { display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; border-block-end: 1px solid var(--line); }
  .lesson zp-lesson { border: 0; border-radius: 0; }
  .not-kept { margin: 0; padding: 0.5rem 0.75rem; border-block-start: 1px solid var(--waiting); background: var(--warn-wash); font-size: var(--text-s); }
  @container (min-width: 760px) {
    .columns { display: grid; grid-template: minmax(0, 1fr) / minmax(17rem, 2fr) minmax(0, 3fr); block-size: min(44rem, max(32rem, 90vh)); resize: vertical; overflow: hidden; }
    :host([lesson][height]) .columns { block-size: var(--code-height); }
    .lesson { border-block-end: 0; border-inline-end: 1px solid var(--line); }
    .work:not([hidden]) { display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; overflow-y: auto; }
    .work > * { flex: none; }
    :host([lesson]) .columns .work > .code { flex: 1 0 12rem; block-size: auto; resize: none; }
  }
`;
