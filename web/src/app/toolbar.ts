import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { projectTitle } from "../library/project-title.ts";
import { chooseLocale, LOCALE_NAMES, nextLocale } from "../locale/locale.ts";
import markUrl from "../theme/mark.svg";
import { nextTheme, themeText } from "../theme/theme-text.ts";
import { COMMAND_GROUPS, groupText, shortcutsOf } from "../ui/commands.ts";
import { PlaygroundElement } from "../ui/element.ts";
import { contrastIcon, darkIcon, lightIcon, menuIcon, projectsIcon, runIcon, shareIcon, stopIcon, systemIcon } from "../ui/icons.ts";
import type { MenuSection } from "../ui/menu-button.ts";
import type { Playground } from "./playground.ts";
import { sharedStyles } from "../ui/shared-styles.ts";
import { watch } from "../ui/watch.ts";
import "../ui/menu-button.ts";

/** The page's head: what runs everything, language and colour scheme. Its slot comes first. Fires `run` when programs are started, `share` and `projects`. */
export class Toolbar extends PlaygroundElement {
  static override properties = { playground: { attribute: false } };

  static override styles = [
    sharedStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-3);
      }
      h1 {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        margin: 0;
        font: 600 var(--text-l) / 1.2 var(--font);
        letter-spacing: -0.01em;
        white-space: nowrap;
        min-inline-size: 0;
      }
      h1 img { flex: none; }
      .quiet { color: var(--ink-soft); font-weight: 400; }
      .project { margin-inline: var(--space-2) auto; min-inline-size: 0; color: var(--ink-soft); flex-shrink: 1; }
      .project-title { overflow: hidden; text-overflow: ellipsis; max-inline-size: 16rem; line-height: 1.4; }
      .settings { display: flex; margin-inline-start: var(--space-2); padding-inline-start: var(--space-2); border-inline-start: 1px solid var(--line); }
      .language { font-size: var(--text-s); letter-spacing: 0.03em; }
      @media (max-width: 47.5rem) {
        header { padding: var(--space-2); }
        .title, .stop-text { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
        h1 { margin-inline-end: auto; }
        /* They are in the menu as well, and there is no room. */
        .project, .share { display: none; }
        .stop-all { inline-size: 2.5rem; padding: 0; }
        .settings { margin-inline-start: 0; padding-inline-start: var(--space-1); }
      }
    `,
  ];

  declare playground: Playground;

  constructor() {
    super();
    watch(this, () => [this.playground.programs, this.playground.library, this.playground.theme, ...this.playground.programs.all]);
  }

  /** Brings the focus to the button that runs all programs. */
  focusRun(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-testid="run-all"]')?.focus();
  }

  protected override render(): TemplateResult {
    const { playground } = this;
    const { theme } = playground;
    const locale = nextLocale();
    const themeLabel = msg(str`Theme: ${themeText(theme.choice)}. Change`, { id: "change-theme" });
    return html`
      <header>
        <slot></slot>
        <h1><img src=${markUrl} alt="" width="26" height="26" /><span class="title">Zone <span class="quiet">Playground</span></span></h1>
        <button class="project" data-testid="projects" title=${msg("Projects", { id: "projects" })} @click=${() => this.dispatchEvent(new Event("projects"))}>
          ${projectsIcon}<span class="project-title">${projectTitle(playground.library.title)}</span></button>
        <button class="primary" data-testid="run-all" @click=${this.#runAll}
          aria-disabled=${playground.programs.all.length === 0}>${runIcon}${msg("Run all", { id: "run-all" })}</button>
        <button class="outlined stop-all" data-testid="stop-all" aria-disabled=${!playground.programs.anyActive}
          @click=${() => void playground.programs.stop()}>${stopIcon}<span class="stop-text">${msg("Stop all", { id: "stop-all" })}</span></button>
        <button class="outlined share" data-testid="share" @click=${() => this.dispatchEvent(new Event("share"))}>${shareIcon}<span class="stop-text">${msg("Share", { id: "share" })}</span></button>
        <div class="settings">
          <button class="icon language" data-testid="language" lang=${locale} title=${LOCALE_NAMES[locale]} aria-label=${`${locale.toUpperCase()} – ${LOCALE_NAMES[locale]}`}
            @click=${() => void playground.lateParts.fetch(() => chooseLocale(locale))}>${locale.toUpperCase()}</button>
          <button class="icon" data-testid="theme" title=${themeLabel} aria-label=${themeLabel}
            @click=${() => theme.choose(nextTheme(theme.choice))}>${theme.choice === "system" ? systemIcon : theme.choice === "light" ? lightIcon : theme.choice === "dark" ? darkIcon : contrastIcon}</button>
          <zp-menu-button data-testid="menu" .label=${msg("Menu", { id: "menu" })} .sections=${this.#menu}>${menuIcon}</zp-menu-button>
        </div>
      </header>
    `;
  }

  readonly #menu = (): readonly MenuSection[] =>
    COMMAND_GROUPS.map((group) => ({
      label: groupText(group),
      items: this.playground.commands
        .of(group)
        .filter(({ menu }) => menu !== false)
        .map((command) => {
          const [shortcut] = shortcutsOf(command);
          return {
            id: command.id,
            label: command.label(),
            ...(shortcut !== undefined && { shortcut }),
            disabled: command.isEnabled?.() === false,
            run: () => this.playground.commands.run(command.id),
          };
        }),
    }));

  readonly #runAll = (): void => {
    if (this.playground.programs.all.length === 0) return;
    this.dispatchEvent(new Event("run"));
    void this.playground.programs.run();
  };
}

customElements.define("zp-toolbar", Toolbar);

declare global {
  interface HTMLElementTagNameMap {
    "zp-toolbar": Toolbar;
  }
}
