export { CheckBridge } from "./room/check-bridge.ts";
export { LessonRoom } from "./room/lesson-room.ts";
export { NODE_CLOCK } from "./room/node-clock.ts";
