/** Fetches what shows lessons, or gives it where it is here already. Rejects when it cannot be had. */
export const loadLessons = (): Promise<typeof import("../lessons/lessons-part.ts")> => import("../lessons/lessons-part.ts");
