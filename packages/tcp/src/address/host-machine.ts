/** What scripts call the computer that opens their sockets: the bridge's own, or, without a bridge, the one that they run on. */
export const HOST_MACHINE_NAME = "host.zone.internal";
