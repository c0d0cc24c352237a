/** Fetches the Russian texts, or gives those that are here already. Rejects when they cannot be had. */
export const loadRussian = (): Promise<typeof import("./ru.ts")> => import("./ru.ts");
