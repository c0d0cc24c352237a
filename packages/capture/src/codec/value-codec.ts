import { type Endpoint, parseIpAddress } from "@playground/network";
import type { ValueReader } from "./value-reader.ts";
import type { ValueWriter } from "./value-writer.ts";

/** How a value is written and read. */
export interface ValueCodec<T> {
  write(writer: ValueWriter, value: T): void;
  read(reader: ValueReader): T;
}

/** A codec for each property; in the order in which they are written. Those that may be absent are said to be so. */
export type PropertyCodecs<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? { readonly optional: ValueCodec<Exclude<T[K], undefined>> } : ValueCodec<T[K]>;
};

export const time: ValueCodec<number> = { write: (writer, value) => writer.time(value), read: (reader) => reader.time() };
export const text: ValueCodec<string> = { write: (writer, value) => writer.text(value), read: (reader) => reader.text() };
export const bytes: ValueCodec<Uint8Array> = {
  write: (writer, value) => {
    writer.pieceAt = writer.bytes(value);
  },
  read: (reader) => reader.bytes(),
};
/** A property that is there or is not. */
export const isTrue: ValueCodec<true> = { write: () => undefined, read: () => true };
export const flag: ValueCodec<boolean> = { write: (writer, value) => writer.u8(Number(value)), read: (reader) => reader.within(0, 1) === 1 };
export const size = within(0, Number.MAX_SAFE_INTEGER);
/** What is counted from 1. */
export const ordinal = within(1, Number.MAX_SAFE_INTEGER);
export const port = within(0, 65_535);

export function within(least: number, most: number): ValueCodec<number> {
  return { write: (writer, value) => writer.uint(value), read: (reader) => reader.within(least, most) };
}

/** One of a few values, by its place among them: new ones are added at the end. */
export function oneOf<const T extends string>(values: readonly T[]): ValueCodec<T> {
  return {
    write: (writer, value) => writer.uint(values.indexOf(value)),
    read: (reader) => values[reader.within(0, values.length - 1)] as T,
  };
}

export function optional<T>(codec: ValueCodec<T>): { readonly optional: ValueCodec<T> } {
  return { optional: codec };
}

/** An object: first which of its optional properties are there, a bit for each, then its properties. */
export function object<T extends object>(codecs: PropertyCodecs<T>): ValueCodec<T> {
  const properties = Object.entries(codecs as Record<string, ValueCodec<unknown> | { readonly optional: ValueCodec<unknown> }>).map(([name, codec]) =>
    "optional" in codec ? { name, codec: codec.optional, isOptional: true } : { name, codec, isOptional: false },
  );
  const optionals = properties.filter((property) => property.isOptional);
  return {
    write(writer, value) {
      const values = value as Record<string, unknown>;
      if (optionals.length > 0) writer.uint(optionals.reduce((bits, { name }, index) => bits + (values[name] === undefined ? 0 : 2 ** index), 0));
      for (const { name, codec, isOptional } of properties) if (!isOptional || values[name] !== undefined) codec.write(writer, values[name]);
    },
    read(reader) {
      const bits = optionals.length > 0 ? reader.within(0, 2 ** optionals.length - 1) : 0;
      const values: Record<string, unknown> = {};
      for (const property of properties) {
        if (property.isOptional && (bits & (2 ** optionals.indexOf(property))) === 0) continue;
        values[property.name] = reader.at(property.name, () => property.codec.read(reader));
      }
      return values as T;
    },
  };
}

export const address: ValueCodec<string> = {
  write: text.write,
  read(reader) {
    const value = reader.text();
    if (!reader.isTrusted && parseIpAddress(value) === undefined) throw reader.error("invalid", `is ${JSON.stringify(value.slice(0, 60))}, no IP address`);
    return value;
  },
};

export const endpoint: ValueCodec<Endpoint> = object<Endpoint>({ address, port });
