/** Fetches what keeps and orders a capture. Rejects when it cannot be had. */
export const loadCapture = (): Promise<typeof import("./capture-part.ts")> => import("./capture-part.ts");
