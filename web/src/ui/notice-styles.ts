import { css } from "lit";

/** A notice at the head of the page: a strip of its width, for what the reader should know or, as `failed`, has to do something about. */
export const noticeStyles = css`
  aside {
    display: flex;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    margin: 0 var(--space-3) var(--space-2);
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--waiting);
    border-radius: var(--radius-m);
    background: var(--warn-wash);
  }
  aside.failed { border-color: var(--failed); background: var(--failed-wash); }
  p { margin: 0; flex: 1; min-inline-size: 0; }
  @media (max-width: 47.5rem) { aside { margin-inline: var(--space-2); } }
`;
