import type { Parameter } from "./reference.ts";

/** Where a server listens, or a client connects to. */
export const PORT: Parameter = {
  name: "port",
  type: "number",
  text: { en: "the port, a whole number from 1 to 65535.", ru: "порт, целое число от 1 до 65535." },
};

/** The type of what `listen` calls back with a connection. */
export const CONNECTION_CALLBACK = "(connection: NetConnection) -> ()";
