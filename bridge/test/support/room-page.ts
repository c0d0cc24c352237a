import type { Bridge } from "../../src/index.ts";
import { RefusedError, ZoneClient, type ZoneClientOptions } from "./zone-client.ts";

/** A page in the room "test", unless the options name another. */
export async function enter(bridge: Bridge, options: ZoneClientOptions = {}): Promise<ZoneClient> {
  const client = new ZoneClient(bridge, { resumes: true, ...options });
  await client.ready;
  return client;
}

/** What a client is refused with. */
export async function refusal(bridge: Bridge, options: ZoneClientOptions = {}): Promise<string> {
  try {
    (await enter(bridge, options)).session.close();
  } catch (error) {
    if (error instanceof RefusedError) return error.failure.code;
    throw error;
  }
  return "entered";
}
