/** The part of `bufferutil` that is used; it comes without types. Native where there is a build for the platform, JavaScript elsewhere. */
declare module "bufferutil" {
  const bufferUtil: {
    /** XORs `length` bytes with the four bytes of the mask, over and over, into `output` from `offset` on. */
    mask(source: Buffer, mask: Buffer, output: Buffer, offset: number, length: number): void;
    /** XORs the bytes in place with the four bytes of the mask, over and over (RFC 6455, section 5.3). */
    unmask(buffer: Buffer, mask: Buffer): void;
  };
  export default bufferUtil;
}
