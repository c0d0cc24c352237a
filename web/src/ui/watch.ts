import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Model } from "./model.ts";

/**
 * Renders a component again whenever one of the models that it shows has changed. `models` is asked anew at
 * every update, so that models may come and go.
 */
export function watch(host: ReactiveControllerHost, models: () => Iterable<Model | undefined>): void {
  host.addController(new Watch(host, models));
}

class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #models: () => Iterable<Model | undefined>;
  #watched = new Map<Model, () => void>();

  constructor(host: ReactiveControllerHost, models: () => Iterable<Model | undefined>) {
    this.#host = host;
    this.#models = models;
  }

  hostConnected(): void {
    this.#sync();
  }

  hostUpdate(): void {
    this.#sync();
  }

  hostDisconnected(): void {
    for (const end of this.#watched.values()) end();
    this.#watched.clear();
  }

  #sync(): void {
    const wanted = new Set<Model>();
    for (const model of this.#models()) if (model !== undefined) wanted.add(model);
    for (const [model, end] of this.#watched) {
      if (wanted.has(model)) continue;
      end();
      this.#watched.delete(model);
    }
    for (const model of wanted) {
      if (this.#watched.has(model)) continue;
      this.#watched.set(
        model,
        model.subscribe(() => this.#host.requestUpdate()),
      );
    }
  }
}
