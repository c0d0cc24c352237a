import type { Model } from "./model.ts";

/** Resolves at the first change of a model after which `isSo` holds; at the latest after `limitMs`, milliseconds. What holds already does not count. */
export function whenChanged(model: Model, isSo: () => boolean, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      end();
      resolve();
    };
    const timer = setTimeout(settle, limitMs);
    const end = model.subscribe(() => {
      if (isSo()) settle();
    });
  });
}
