import { MAX_ROOM_NAME_LENGTH, roomNameOf } from "@playground/network";
import { MAX_PASSWORD_BYTES } from "@playground/wire/codec";
import { systemCode } from "@playground/tcp";
import { MIN_PASSWORD_CHARS } from "../limits.ts";
import { OTHER_ROOMS } from "../room/operator-password.ts";
import type { Setting } from "./sources.ts";

/**
 * Reads the file that the option names: one object of JSON with passwords by the names of rooms. What is wrong is
 * added to `errors`, one sentence each, which never quotes a password.
 */
export function readRoomPasswords({ value: file, source }: Setting, readFile: (path: string) => string, errors: string[]): ReadonlyMap<string, string> {
  const passwords = new Map<string, string>();
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    errors.push(`${source} is ${JSON.stringify(file)}, which cannot be read (${systemCode(error) || String(error)})`);
    return passwords;
  }
  for (const [room, password] of Object.entries(parse(file, text, errors))) {
    const where = `${file}: ${JSON.stringify(room)}`;
    const fault = passwordFault(password);
    const name = room === OTHER_ROOMS ? room : roomNameOf(room);
    if (name === undefined)
      errors.push(`${where} is not a room name: 1 to ${MAX_ROOM_NAME_LENGTH} letters, digits, "-" or "_", or "${OTHER_ROOMS}" for all others`);
    else if (fault !== undefined) errors.push(`${where} ${fault}`);
    else if (passwords.has(name)) errors.push(`${where} is the room "${name}", which has a password already`);
    else passwords.set(name, password as string);
  }
  return passwords;
}

function passwordFault(password: unknown): string | undefined {
  if (typeof password !== "string") return "takes a password in quotes";
  if ([...password].length < MIN_PASSWORD_CHARS) return `has a password that is too short: at least ${MIN_PASSWORD_CHARS} characters`;
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return `has a password that is too long: at most ${MAX_PASSWORD_BYTES} bytes`;
  return undefined;
}

function parse(file: string, text: string, errors: string[]): object {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // What the parser says quotes the file.
    errors.push(`${file} is not JSON`);
    return {};
  }
  if (typeof content === "object" && content !== null && !Array.isArray(content)) return content;
  errors.push(`${file} has to hold one JSON object, such as {"lesson-7b": "its password", "${OTHER_ROOMS}": "that of all others"}`);
  return {};
}
