/** Ids of items by a key, in the order in which they were added; those whose items are gone cost no more than those that are there. */
export class IdIndex<K> {
  readonly #lists = new Map<K, { ids: number[]; gone: number }>();
  readonly #isThere: (id: number) => boolean;

  constructor(isThere: (id: number) => boolean) {
    this.#isThere = isThere;
  }

  get(key: K): readonly number[] {
    return this.#lists.get(key)?.ids.filter(this.#isThere) ?? [];
  }

  add(key: K, id: number): void {
    const list = this.#lists.get(key);
    if (list) list.ids.push(id);
    else this.#lists.set(key, { ids: [id], gone: 0 });
  }

  /** An item that was added under this key is gone. */
  remove(key: K): void {
    const list = this.#lists.get(key);
    if (!list) return;
    list.gone += 1;
    if (list.gone * 2 < list.ids.length) return;
    list.ids = list.ids.filter(this.#isThere);
    list.gone = 0;
    if (list.ids.length === 0) this.#lists.delete(key);
  }

  clear(): void {
    this.#lists.clear();
  }
}
