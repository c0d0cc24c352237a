import type { ProjectStore } from "../library/project-store.ts";
import { persistent, type SafeStorage } from "../storage/safe-storage.ts";
import { Model } from "../ui/model.ts";

/** There once the reader has been welcomed: has run something, or has closed the welcome. */
const WELCOMED_KEY = "zone-playground:welcomed";

/** Whether the reader is here for the first time, and is to be welcomed. Tells when that is over. */
export class FirstVisit extends Model {
  #isOn: boolean;
  #isNoted = false;
  readonly #storage: SafeStorage;

  constructor(isOn: boolean, storage: SafeStorage = persistent) {
    super();
    this.#isOn = isOn;
    this.#storage = storage;
  }

  /**
   * Nobody has been welcomed in this browser, and it keeps no projects. Where it keeps nothing at all, every visit is the
   * first. A link to a project says itself what it is, and so is no occasion to welcome.
   */
  static async begin({
    store,
    isByLink,
    storage = persistent,
  }: {
    readonly store: ProjectStore;
    readonly isByLink: boolean;
    readonly storage?: SafeStorage;
  }): Promise<FirstVisit> {
    const isOn = !isByLink && storage.read(WELCOMED_KEY) === undefined && (store.isNew || (await store.all().catch(() => [])).length === 0);
    return new FirstVisit(isOn, storage);
  }

  /** Whether the welcome is to be shown. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** The reader knows what to do. Kept for later visits, also when there was no welcome. */
  end(): void {
    if (!this.#isNoted) this.#isNoted = this.#storage.read(WELCOMED_KEY) !== undefined || this.#storage.write(WELCOMED_KEY, "1");
    if (!this.#isOn) return;
    this.#isOn = false;
    this.changed();
  }
}
