import { MACHINE_TOKEN_BYTES } from "@playground/wire/codec";

/** A machine's token as it is stored: in hex. */
export function tokenText(token: Uint8Array): string {
  return Array.from(token, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a text is a token as it is stored. */
export function isTokenText(text: string): boolean {
  return text.length === MACHINE_TOKEN_BYTES * 2 && !/[^0-9a-f]/.test(text);
}

/** The token that a text, which is one, stands for. */
export function tokenOf(text: string): Uint8Array {
  return Uint8Array.from({ length: MACHINE_TOKEN_BYTES }, (_, index) => Number.parseInt(text.slice(index * 2, index * 2 + 2), 16));
}
