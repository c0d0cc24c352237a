/** Fetches the dialogs, or gives those that are here already. Rejects when they cannot be had. */
export const loadDialogs = (): Promise<typeof import("./dialogs.ts")> => import("./dialogs.ts");
