/** How one kind of number lies in a byte stream. */
export interface NumberFormat {
  /** Bytes. */
  readonly size: number;
  /** Whether it holds whole numbers alone; the others hold the infinities and NaN too. */
  readonly whole: boolean;
  /** Least and greatest finite number, both included. */
  readonly range: readonly [least: number, most: number];
  readonly get: (view: DataView, offset: number, littleEndian: boolean) => number;
  readonly set: (view: DataView, offset: number, value: number, littleEndian: boolean) => void;
}

export type NumberFormatName = "U8" | "I8" | "U16" | "I16" | "U32" | "I32" | "F32" | "F64";

/** The greatest number of single precision. */
const GREATEST_F32 = (2 - 2 ** -23) * 2 ** 127;

/** The formats by the name that follows `read` and `write`. */
export const NUMBER_FORMATS: Readonly<Record<NumberFormatName, NumberFormat>> = {
  U8: {
    size: 1,
    whole: true,
    range: [0, 0xff],
    get: (view, offset) => view.getUint8(offset),
    set: (view, offset, value) => view.setUint8(offset, value),
  },
  I8: {
    size: 1,
    whole: true,
    range: [-0x80, 0x7f],
    get: (view, offset) => view.getInt8(offset),
    set: (view, offset, value) => view.setInt8(offset, value),
  },
  U16: {
    size: 2,
    whole: true,
    range: [0, 0xffff],
    get: (view, offset, little) => view.getUint16(offset, little),
    set: (view, offset, value, little) => view.setUint16(offset, value, little),
  },
  I16: {
    size: 2,
    whole: true,
    range: [-0x8000, 0x7fff],
    get: (view, offset, little) => view.getInt16(offset, little),
    set: (view, offset, value, little) => view.setInt16(offset, value, little),
  },
  U32: {
    size: 4,
    whole: true,
    range: [0, 0xffff_ffff],
    get: (view, offset, little) => view.getUint32(offset, little),
    set: (view, offset, value, little) => view.setUint32(offset, value, little),
  },
  I32: {
    size: 4,
    whole: true,
    range: [-0x8000_0000, 0x7fff_ffff],
    get: (view, offset, little) => view.getInt32(offset, little),
    set: (view, offset, value, little) => view.setInt32(offset, value, little),
  },
  F32: {
    size: 4,
    whole: false,
    range: [-GREATEST_F32, GREATEST_F32],
    get: (view, offset, little) => view.getFloat32(offset, little),
    set: (view, offset, value, little) => view.setFloat32(offset, value, little),
  },
  F64: {
    size: 8,
    whole: false,
    range: [-Number.MAX_VALUE, Number.MAX_VALUE],
    get: (view, offset, little) => view.getFloat64(offset, little),
    set: (view, offset, value, little) => view.setFloat64(offset, value, little),
  },
};

/** All format names, in the order of the documentation. */
export const NUMBER_FORMAT_NAMES = Object.keys(NUMBER_FORMATS) as NumberFormatName[];
