/**
 * The W3C WebDriver commands that the checks need, by their names in the standard
 * (https://www.w3.org/TR/webdriver2/#endpoints). WebKit's driver takes them by HTTP, Firefox itself by Marionette.
 */
export type Command =
  | "NewSession"
  | "DeleteSession"
  | "Navigate"
  | "Refresh"
  | "ExecuteScript"
  | "PerformActions"
  | "ReleaseActions"
  | "NewWindow"
  | "CloseWindow"
  | "SwitchToWindow"
  | "GetWindowHandle"
  | "SetWindowRect"
  | "TakeScreenshot"
  | "SetTimeouts"
  | "DismissAlert";

/** One end of a WebDriver session. */
export interface Commands {
  /** Carries out one command. Rejects with the driver's error, whose message begins with the standard's code for it. */
  call(command: Command, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Ends the session and every process of it. */
  end(): Promise<void>;
}

/** Milliseconds in which a browser is there, on a busy machine. */
export const START_LIMIT_MS = 60_000;
/** Milliseconds in which a script in a page answers: the checks' scripts look at something and return. */
export const SCRIPT_LIMIT_MS = 30_000;
