import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { type Command, COMMAND_GROUPS, groupText, shortcutsOf } from "../ui/commands.ts";
import { dialogStyles, PlaygroundDialog } from "../ui/dialog.ts";
import type { Playground } from "./playground.ts";
import { shortcutText } from "../ui/shortcut.ts";
import { versionText } from "./version-text.ts";
import { watch } from "../ui/watch.ts";

/** All commands that have keys, by their groups. */
export class ShortcutsDialog extends PlaygroundDialog {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    dialogStyles,
    css`
      .groups { columns: 2; column-gap: var(--space-6); }
      @media (max-width: 40rem) { .groups { columns: 1; } }
      section { break-inside: avoid; margin-block-end: var(--space-4); }
      h3 { margin: 0 0 var(--space-1); font: 600 var(--text-m) / 1.4 var(--font); color: var(--ink-soft); }
      dl { margin: 0; display: grid; grid-template-columns: 1fr auto; gap: 0.35rem 1rem; align-items: baseline; }
      dd { margin: 0; display: flex; gap: 0.4rem; justify-content: end; }
      kbd {
        padding: 0.1rem 0.4rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        background: var(--surface);
        font: var(--text-s) / 1.5 var(--font);
        white-space: nowrap;
      }
      .leave { margin: 0 0 var(--space-1); color: var(--ink-soft); font-size: var(--text-s); }
    `,
  ];

  declare playground: Playground;
  protected override readonly wide = true;

  constructor() {
    super();
    watch(this, () => [this.playground.commands]);
  }

  protected override headline(): string {
    return msg("Keyboard shortcuts", { id: "command-shortcuts" });
  }

  protected override body(): TemplateResult {
    return html`
      <div class="groups">
          ${COMMAND_GROUPS.map((group) => {
            const commands = this.playground.commands.of(group).filter((command) => shortcutsOf(command).length > 0);
            return commands.length === 0 ? "" : html`<section><h3>${groupText(group)}</h3><dl>${commands.map(row)}</dl></section>`;
          })}
        </div>
        <p class="leave">${msg("In the editor, Tab takes the chosen completion, and indents where none is open. To leave the editor with the keyboard, press Escape, then Tab.", { id: "leave-editor" })}</p>
        <p class="leave" data-testid="help-versions">${versionText()}</p>
    `;
  }
}

function row(command: Command): TemplateResult {
  return html`<dt>${command.label()}</dt><dd>${shortcutsOf(command).map((shortcut) => html`<kbd>${shortcutText(shortcut)}</kbd>`)}</dd>`;
}

customElements.define("zp-shortcuts-dialog", ShortcutsDialog);

declare global {
  interface HTMLElementTagNameMap {
    "zp-shortcuts-dialog": ShortcutsDialog;
  }
}
