/** The playground's version, put in by Vite from the root package.json. */
declare const __PLAYGROUND_VERSION__: string;

/** Of ES2023 the oldest supported browsers have these two and no other method of arrays, so the library that is compiled against is ES2022. */
interface ReadonlyArray<T> {
  findLast(predicate: (value: T, index: number, all: readonly T[]) => unknown): T | undefined;
  findLastIndex(predicate: (value: T, index: number, all: readonly T[]) => unknown): number;
}
interface Array<T> {
  findLast(predicate: (value: T, index: number, all: T[]) => unknown): T | undefined;
  findLastIndex(predicate: (value: T, index: number, all: T[]) => unknown): number;
}
