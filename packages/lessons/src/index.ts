export { Countdown, untilSo } from "./countdown.ts";
export {
  courseFile,
  courseFileName,
  courseOutline,
  type CourseOutline,
  lessonFile,
  lessonFileName,
  type LessonFileParts,
  type LessonOutline,
  problemsFile,
} from "./file/lesson-file.ts";
export { LessonFileError, type LessonFileFault } from "./file/lesson-file-error.ts";
export { type LessonFileContent, readLessonFile } from "./file/read-lesson-file.ts";
export { type FolderFiles } from "./format/folder.ts";
export {
  CHECK_FILE,
  type Course,
  type CourseInfo,
  type Lesson,
  LESSON_FORMAT,
  type Mistake,
  type SharedFiles,
  type Sources,
  type Step,
} from "./format/lesson.ts";
export { readCourse, readCourseInfo, readShared } from "./format/read-course.ts";
export { type LessonSurroundings, readLesson } from "./format/read-lesson.ts";
export { LessonError, type LessonProblem, problemText } from "./lesson-error.ts";
export { MAX_LESSON_FILE_BYTES } from "./limits.ts";
export { type Language, LANGUAGES, type LocalText } from "./local-text.ts";
export type { LearnerEvents, LearnerProgram, LessonMachines, OpenPort, ProgramEnd, ProgramStart, Redirect } from "./machines/lesson-machines.ts";
export { redirected } from "./machines/redirected.ts";
export { blocksOf, codeOf } from "./markdown/code-of-text.ts";
export { isRightChoice, isRightPrediction, type LessonText, type Prediction, type Quiz, type StepKind, type StepText } from "./markdown/lesson-text.ts";
export type { Block, CalloutKind, CodeAction, CodeBlock, Inline, LinkTarget } from "./markdown/tree.ts";
export { type ShownBytes, shownBytes, type StepResult, type StepState } from "./results/step-result.ts";
