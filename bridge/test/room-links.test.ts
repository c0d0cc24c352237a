import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { linksForOthers } from "../src/room-links.ts";

test("a bridge on every address names a link for each of them that others can use", () => {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === "IPv4" && !entry.address.startsWith("127."))
    .map((entry) => entry.address);
  expect(linksForOthers("0.0.0.0", 8080)).toEqual(addresses.map((address) => `http://${address}:8080/`));
});

test("a bridge on one address has no other links", () => {
  expect(linksForOthers("127.0.0.1", 8080)).toEqual([]);
});

/** An address of an interface, as far as links go. */
const entry = (address: string, family: "IPv4" | "IPv6" = "IPv4", internal = false) =>
  ({ address, family, internal, netmask: "", mac: "", cidr: null, ...(family === "IPv6" && { scopeid: 0 }) }) as never;

test("addresses of containers and tunnels come last, and those that a computer has given itself", () => {
  const links = linksForOthers("::", 7070, {
    lo: [entry("127.0.0.1", "IPv4", true)],
    docker0: [entry("172.17.0.1")],
    eth9: [entry("169.254.7.7")],
    "vEthernet (WSL)": [entry("172.20.0.1")],
    "Wi-Fi": [entry("fd00::5", "IPv6"), entry("192.168.0.5")],
  });
  expect(links).toEqual(["http://192.168.0.5:7070/", "http://172.17.0.1:7070/", "http://172.20.0.1:7070/", "http://169.254.7.7:7070/"]);
});
