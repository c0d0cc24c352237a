/** Something worth knowing about an item, in the manner of Wireshark's expert information: a code, and the figures of its sentence. */
export type Note =
  /** One `send` arrived in `pieces` pieces. */
  | { readonly code: "send-split"; readonly pieces: number }
  /** Bytes of `sends` sends arrived as one piece. */
  | { readonly code: "sends-glued"; readonly sends: number }
  /** `send` took `taken` of `asked` bytes: the send buffer is full. */
  | { readonly code: "send-short"; readonly taken: number; readonly asked: number }
  /** Bytes arrived, and the connection has no onReceive. */
  | { readonly code: "no-receiver"; readonly waiting: number }
  /** Bytes have waited for `seconds`, and `update()` was not called. */
  | { readonly code: "update-missing"; readonly seconds: number }
  /** The other side ended the stream, and `unread` bytes had not been read. */
  | { readonly code: "end-unread"; readonly unread: number }
  /** Nobody listens on the port; `listeners` of the page's programs that do. */
  | {
      readonly code: "nobody-listens";
      readonly host: string;
      readonly port: number;
      readonly listeners: readonly { readonly program: string; readonly port: number }[];
    }
  /** This side closed while bytes of the other side were under way, or here and unread. */
  | { readonly code: "closed-early"; readonly underWay: number; readonly unread: number }
  /** The program ended while the connection was open, and nothing had ended it. */
  | { readonly code: "left-open" }
  /** Only the first `kept` of `size` bytes were kept. */
  | { readonly code: "bytes-cut"; readonly kept: number; readonly size: number };
