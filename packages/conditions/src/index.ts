export { type Conditions, type DirectionConditions, MAX_DELAY_MS, PLAIN_DIRECTION } from "./conditions.ts";
