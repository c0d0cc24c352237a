import type { LocalText } from "../local-text.ts";
import { MAX_MESSAGE_CHARS } from "../limits.ts";
import type { StepResult } from "../results/step-result.ts";

/** Why a step has failed. */
export type StepFailure = Pick<StepResult, "error" | "place" | "expected" | "got" | "mistake" | "connection"> & {
  readonly message: LocalText;
  /** Whether the other side had ended the connection on which it failed. For `diagnose` alone: the result does not tell it. */
  readonly ended?: boolean;
};

/** A text cut to what a result carries. */
export function cutText(text: string): string {
  return text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS)}…` : text;
}

export function seconds(milliseconds: number): string {
  return String(Math.round(milliseconds / 100) / 10);
}

/** What is said where the check itself has no words. */
export const WORDS = {
  compile: { en: "The program does not compile.", ru: "Программа не компилируется." },
  programError: (file: string): LocalText => ({ en: `${file} stopped with an error.`, ru: `Программа ${file} остановилась с ошибкой.` }),
  notListening: (port: number, ms: number): LocalText => ({
    en: `No program listens on port ${port} after ${seconds(ms)} s.`,
    ru: `Прошло ${seconds(ms)} с, а порт ${port} никто не слушает.`,
  }),
  isPrivate: (port: number): LocalText => ({
    en: `Port ${port} is open for the own machine only. Listen without an address, or on "0.0.0.0".`,
    ru: `Порт ${port} открыт только для своего компьютера. Слушать надо без адреса или на "0.0.0.0".`,
  }),
  notConnected: (port: number, reason: string): LocalText => ({
    en: `The examiner cannot connect to port ${port}: ${reason}`,
    ru: `Проверяющий не может подключиться к порту ${port}: ${reason}`,
  }),
  noClient: (port: number, ms: number): LocalText => ({
    en: `No program has connected to port ${port} after ${seconds(ms)} s.`,
    ru: `Прошло ${seconds(ms)} с, а к порту ${port} никто не подключился.`,
  }),
  otherBytes: { en: "Something else has arrived.", ru: "Пришло не то, что ожидалось." },
  tooLittle: (ms: number): LocalText => ({ en: `Not everything has arrived after ${seconds(ms)} s.`, ru: `Прошло ${seconds(ms)} с, а пришло не всё.` }),
  nothing: (ms: number): LocalText => ({ en: `Nothing has arrived after ${seconds(ms)} s.`, ru: `Прошло ${seconds(ms)} с, а ничего не пришло.` }),
  endedEarly: { en: "The connection was closed before everything had arrived.", ru: "Соединение закрылось раньше, чем пришло всё." },
  tooMuch: { en: "Something has arrived, and nothing should have.", ru: "Что-то пришло, хотя не должно было." },
  notEnded: (ms: number): LocalText => ({
    en: `The connection is still open after ${seconds(ms)} s.`,
    ru: `Прошло ${seconds(ms)} с, а соединение всё ещё открыто.`,
  }),
  notPrinted: (ms: number): LocalText => ({
    en: `The program has not printed it after ${seconds(ms)} s.`,
    ru: `Прошло ${seconds(ms)} с, а программа этого не напечатала.`,
  }),
  endedWithoutPrint: { en: "The program ended without printing it.", ru: "Программа закончилась и не напечатала этого." },
  stillRunning: (ms: number): LocalText => ({
    en: `The program still runs after ${seconds(ms)} s.`,
    ru: `Прошло ${seconds(ms)} с, а программа всё ещё работает.`,
  }),
  checkError: { en: "The check itself is at fault, not your program.", ru: "Ошибка в самой проверке, программа тут ни при чём." },
} as const;
