import { Model } from "../ui/model.ts";
import { persistent } from "../storage/safe-storage.ts";

/** What the reader chose: a fixed scheme, or whatever the system has. */
export type ThemeChoice = "system" | "light" | "dark" | "contrast";

const STORAGE_KEY = "zone-playground:theme";

/** The colour scheme of the page: follows the system until the reader chooses. */
export class Theme extends Model {
  #choice: ThemeChoice;
  readonly #root: HTMLElement;
  readonly #systemDark = matchMedia("(prefers-color-scheme: dark)");

  constructor(root: HTMLElement = document.documentElement) {
    super();
    this.#root = root;
    const saved = persistent.read(STORAGE_KEY);
    this.#choice = saved === "light" || saved === "dark" || saved === "contrast" ? saved : "system";
    this.#apply();
    this.#systemDark.addEventListener("change", () => this.changed());
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** Whether the page is dark now, whoever decided so. */
  get dark(): boolean {
    return this.#choice === "dark" || (this.#choice !== "light" && this.#systemDark.matches);
  }

  /** Chooses a scheme, and remembers it where the browser allows that. */
  choose(choice: ThemeChoice): void {
    if (choice === this.#choice) return;
    this.#choice = choice;
    if (choice === "system") persistent.remove(STORAGE_KEY);
    else persistent.write(STORAGE_KEY, choice);
    this.#apply();
    this.changed();
  }

  #apply(): void {
    if (this.#choice === "system") delete this.#root.dataset["theme"];
    else this.#root.dataset["theme"] = this.#choice;
  }
}
