import { currentLocale } from "../locale/locale.ts";
import { BRIDGE_TOPIC } from "../reference/content.ts";
import { loadReference } from "../reference/load-reference.ts";
import type { ReferenceDialog } from "../reference/reference-dialog.ts";
import { topicOfHash } from "../reference/reference-link.ts";
import type { LateParts } from "../ui/late-parts.ts";

/** Opens the reference: at a topic, or where the page's address leads. */
export class ReferenceOpener {
  readonly #dialog: () => Promise<ReferenceDialog | null>;
  readonly #lateParts: LateParts;

  /** `dialog` gives the dialog, once it is here; nothing where it cannot be had. */
  constructor(lateParts: LateParts, dialog: () => Promise<ReferenceDialog | null>) {
    this.#lateParts = lateParts;
    this.#dialog = dialog;
  }

  /** Shows the reference, at a topic if one is given. */
  async show(topic?: string): Promise<void> {
    const dialog = await this.#dialog();
    const content = dialog && (await this.#lateParts.fetch(() => loadReference(currentLocale())));
    if (content) await dialog.openAt(content, topic);
  }

  showBridge(): Promise<void> {
    return this.show(BRIDGE_TOPIC);
  }

  /** An address may lead into the reference. It is then the room's again, so that a reload does not open it another time. */
  followLink(): void {
    const topic = topicOfHash(location.hash);
    if (topic === undefined) return;
    history.replaceState(null, "", location.pathname + location.search);
    void this.show(topic);
  }
}
