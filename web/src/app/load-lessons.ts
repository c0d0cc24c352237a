/** Fetches what shows lessons, or gives it where it is here already. Rejects when it cannot be had. */
export const loadLessons = (): Promise<typeof import("../lessons/lessons-part.ts")> => import("../lessons/lessons-part.ts");

/** The same for what shows the reader's progress in them. */
export const loadProgress = (): Promise<typeof import("../lessons/progress-dialog.ts")> => import("../lessons/progress-dialog.ts");
