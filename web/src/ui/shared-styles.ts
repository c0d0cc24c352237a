import { css } from "lit";

/** Buttons, focus rings and hidden text, alike in every component. */
export const sharedStyles = css`
  *, *::before, *::after { box-sizing: border-box; }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  svg { display: block; flex: none; }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: pre-wrap;
  }

  button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 2rem;
    padding: 0 0.7rem;
    border: 1px solid transparent;
    border-radius: var(--radius-s);
    background: none;
    color: inherit;
    font: 500 var(--text-m) / 1 var(--font);
    white-space: nowrap;
    cursor: pointer;
    transition: background var(--quick), color var(--quick), border-color var(--quick);
  }
  button:hover { background: var(--hover); }
  button.outlined { border-color: var(--line); background: var(--raised); }
  button.outlined:hover { background: var(--hover); border-color: var(--line-strong); }
  button.primary { background: var(--accent); color: var(--on-accent); }
  button.primary:hover { background: var(--accent-strong); }
  button.icon { inline-size: 2rem; padding: 0; }
  button.danger { color: var(--failed); }
  button.danger:hover { background: var(--failed-wash); }
  button[aria-disabled="true"], button[aria-disabled="true"]:hover {
    background: none;
    color: var(--ink-faint);
    border-color: transparent;
    cursor: default;
  }
  button[aria-disabled="true"] svg { opacity: 0.55; }

  @media (pointer: coarse) {
    button { min-block-size: 2.5rem; }
    button.icon { inline-size: 2.5rem; }
  }
  @media (forced-colors: active) {
    button { border-color: ButtonBorder; transition: none; }
    button.primary { background: ButtonFace; color: ButtonText; }
  }
`;
