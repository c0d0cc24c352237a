/** Fetches the network view, or gives it where it is here already. Rejects when it cannot be had. */
export const loadNetwork = (): Promise<typeof import("../network-view/network-tab.ts")> => import("../network-view/network-tab.ts");
