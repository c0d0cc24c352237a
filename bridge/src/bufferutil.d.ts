/** The part of `bufferutil` that is used; it comes without types. Native where there is a build for the platform, JavaScript elsewhere. */
declare module "bufferutil" {
  const bufferUtil: {
    /** XORs the bytes in place with the four bytes of the mask, over and over (RFC 6455, section 5.3). */
    unmask(buffer: Buffer, mask: Buffer): void;
  };
  export default bufferUtil;
}
