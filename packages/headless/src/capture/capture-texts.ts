import { placesText, type PcapngTexts } from "@playground/capture";
import type { Language } from "../command-line.ts";

const SECTION: Readonly<Record<Language, string>> = {
  en:
    "Recorded by Zone Playground from what its programs did. The headers are rebuilt from that: addresses, ports, order, bytes and times are " +
    "real; retransmissions, windows and the borders of TCP's own segments are not in this file.",
  ru:
    "Записано Zone Playground по действиям программ. Заголовки восстановлены по ним: адреса, порты, порядок, байты и время настоящие; " +
    "повторных передач, окон и границ сегментов самого TCP в этом файле нет.",
};

/** What a file of packets says for people. */
export function captureTexts(language: Language, version: string): PcapngTexts {
  return { section: SECTION[language], application: `Zone Playground ${version}`, comment: placesText };
}
