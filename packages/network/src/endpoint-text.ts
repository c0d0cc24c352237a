/** A host or an address with a port as one writes them: IPv6 in brackets. */
export function endpointText(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
