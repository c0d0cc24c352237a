import { msg } from "@lit/localize";

/** A small project that shows one thing. Its files lie in `web/examples/<id>/<language>`. */
export interface Example {
  readonly id: string;
  /** In the order of the tabs; the first is open. */
  readonly files: readonly { readonly name: string; readonly isProgram: boolean }[];
  /** In the reader's language; asked anew whenever they are shown. */
  title(): string;
  /** One sentence: what there is to see. */
  summary(): string;
}

const program = (name: string) => ({ name, isProgram: true });
const module = (name: string) => ({ name, isProgram: false });

/** The examples, from the easiest on. */
export const EXAMPLES: readonly Example[] = [
  {
    id: "echo",
    files: [program("server.luau"), program("client.luau")],
    title: () => msg("Echo", { id: "example-echo" }),
    summary: () => msg("The server sends every byte back; the client compares them.", { id: "example-echo-summary" }),
  },
  {
    id: "chat",
    files: [program("server.luau"), program("client.luau"), module("lines.luau")],
    title: () => msg("Chat", { id: "example-chat" }),
    summary: () => msg("Names, a list of who is there, and every line to everyone.", { id: "example-chat-summary" }),
  },
  {
    id: "guess",
    files: [program("server.luau"), program("client.luau"), module("lines.luau")],
    title: () => msg("Number-guessing game", { id: "example-guess" }),
    summary: () => msg("The server thinks of a number; you type your guesses under the client's console.", { id: "example-guess-summary" }),
  },
  {
    id: "http-client",
    files: [program("server.luau"), program("client.luau"), module("http.luau")],
    title: () => msg("HTTP client", { id: "example-http-client" }),
    summary: () => msg("Loads pages from a web server, which is in the project as well.", { id: "example-http-client-summary" }),
  },
  {
    id: "http-server",
    files: [program("server.luau"), module("http.luau")],
    title: () => msg("HTTP server", { id: "example-http-server" }),
    summary: () => msg("A web page for a browser or curl on the bridge's computer.", { id: "example-http-server-summary" }),
  },
  {
    id: "key-value",
    files: [program("server.luau"), program("client.luau"), module("lines.luau")],
    title: () => msg("Key-value server", { id: "example-key-value" }),
    summary: () => msg("A tiny database with a line protocol: SET, GET, DEL, KEYS.", { id: "example-key-value-summary" }),
  },
  {
    id: "file-transfer",
    files: [program("receiver.luau"), program("sender.luau"), module("checksum.luau")],
    title: () => msg("File transfer", { id: "example-file-transfer" }),
    summary: () => msg("A megabyte with ByteStream: a header, many pieces, and a checksum at the end.", { id: "example-file-transfer-summary" }),
  },
  {
    id: "port-knocking",
    files: [program("door.luau"), program("visitor.luau")],
    title: () => msg("Port knocking", { id: "example-port-knocking" }),
    summary: () => msg("A port that opens only to those who knock at three others in the right order.", { id: "example-port-knocking-summary" }),
  },
];
