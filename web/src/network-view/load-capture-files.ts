/** Fetches what saves and opens captures, or gives it when it is here already. Rejects when it cannot be had. */
export const loadCaptureFiles = (): Promise<typeof import("./capture-files.ts")> => import("./capture-files.ts");
