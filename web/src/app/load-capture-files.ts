/** Fetches what saves and opens captures, or gives it when it is here already. Rejects when it cannot be had. */
export const loadCaptureFiles = (): Promise<typeof import("../network-view/capture-files.ts")> => import("../network-view/capture-files.ts");
