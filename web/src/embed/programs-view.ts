import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ElementParts } from "./element-parts.ts";
import { embedLock, isLocked } from "./embed-lock.ts";
import "./embed-output.ts";
import type { Problem } from "./problem.ts";

/** What is below an element's code. */
export interface ProgramsView {
  readonly parts: ElementParts;
  /** What the element says of itself. */
  readonly problem: Problem | undefined;
  /** Whether the network is shown beside the consoles. */
  readonly hasNetwork: boolean;
  /** Whether a program has a console yet. */
  readonly hasRun: (program: string) => boolean;
  readonly isFile: (name: string) => boolean;
  /** Told of the password. */
  readonly enterRoom: (event: CustomEvent<string>) => Promise<void>;
  /** Told of a place in a file. */
  readonly openSource: (event: CustomEvent<{ file: string; line: number }>) => Promise<void>;
}

/** What is said of the bridge, and the consoles of an element's programs, with the network where it is shown. */
export function programsView({ parts, problem, hasNetwork, hasRun, isFile, enterRoom, openSource }: ProgramsView): TemplateResult {
  const { runtime } = parts;
  const consoles = repeat(
    (runtime?.programs.all ?? []).filter(({ entry }) => hasRun(entry)),
    (program) => program,
    (program) => html`
      <zp-embed-console data-program=${program.entry} .program=${program} .isFile=${isFile} .fetchPart=${parts.fetch} @open-source=${openSource}></zp-embed-console>`,
  );
  return html`
    ${runtime === undefined ? "" : isLocked(runtime.session, problem) ? embedLock(runtime.session, enterRoom) : html`<zp-bridge-notice .session=${runtime.session}></zp-bridge-notice>`}
    ${hasNetwork ? html`<zp-embed-output .network=${runtime?.network} .fetchNetwork=${parts.fetchNetwork} @open-source=${openSource}>${consoles}</zp-embed-output>` : consoles}`;
}
