/** The first bytes of a PNG; the other format that lessons have is WebP. */
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** Addresses under which image elements find the pictures of lessons, which are bytes. */
export class PictureAddresses {
  readonly #addresses = new Map<string, string>();

  /** The address of a picture, by a name of the caller's; empty where there is none. */
  of(name: string, bytes: Uint8Array | undefined): string {
    if (bytes === undefined) return "";
    let address = this.#addresses.get(name);
    if (address === undefined) {
      const type = PNG.every((byte, index) => bytes[index] === byte) ? "image/png" : "image/webp";
      address = URL.createObjectURL(new Blob([bytes.slice()], { type }));
      this.#addresses.set(name, address);
    }
    return address;
  }

  /** No picture is shown any more. */
  forget(): void {
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }
}
