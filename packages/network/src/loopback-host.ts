/** `localhost`, 127.0.0.0/8 and ::1, as the parser of URLs writes them. */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL's `hostname` leads to the reader's own computer, and from any other one somewhere else. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK_HOST.test(hostname);
}
