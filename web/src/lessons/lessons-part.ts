/** Lessons: their list, the pane with a lesson's text, and their texts. One chunk, fetched when the first lesson is wanted. */
import { templates } from "../locale/ru/lessons.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import "./lesson-pane.ts";
import "./lessons-dialog.ts";

addRussianTexts(templates);

export { lessonOfHash } from "./lesson-address.ts";
export { Lessons } from "./lessons.ts";
