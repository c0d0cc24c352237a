/** A lesson in `<zone-playground>`, fetched once an element has one: the components of the playground's own lessons, and their Russian texts. */
import { templates } from "../../locale/ru/embed-lesson.ts";
import { addRussianTexts } from "../../locale/russian-texts.ts";
import "../../lessons/lessons-part.ts";

addRussianTexts(templates);

export { LessonOpener } from "./lesson-opener.ts";
