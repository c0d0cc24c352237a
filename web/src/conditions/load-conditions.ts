/** Fetches what shows and sets the conditions of the network, or gives it when it is here already. Rejects when it cannot be had. */
export const loadConditions = (): Promise<typeof import("./conditions-parts.ts")> => import("./conditions-parts.ts");
