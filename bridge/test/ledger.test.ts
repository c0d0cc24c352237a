import { expect, test } from "vitest";
import { addressGroup } from "../src/client/address-group.ts";
import { Ledger } from "../src/client/ledger.ts";
import { DEFAULT_LIMITS } from "../src/index.ts";

test("an address: IPv4 however it is wrapped, and the networks of IPv6", () => {
  expect(addressGroup("::ffff:10.0.0.1")).toEqual(addressGroup("10.0.0.1"));
  expect(addressGroup("2001:db8::1")).toEqual(addressGroup("2001:db8:0:0:ffff::2"));
  expect(addressGroup("2001:db8::1").client).not.toBe(addressGroup("2001:db8:0:1::1").client);
  expect(addressGroup("2001:db8::1").network).toBe(addressGroup("2001:db8:0:1::1").network);
  expect(addressGroup("2001:db8::1").network).not.toBe(addressGroup("2001:db8:1::1").network);
  expect(addressGroup("fe80::1%eth0")).toEqual(addressGroup("fe80::2"));
});

test("a share: so much at a time, told with its option", () => {
  const account = new Ledger({ ...DEFAULT_LIMITS, sessionsPerAddress: 2 }).of("192.0.2.1");
  expect([account.hold("sessions"), account.hold("sessions")]).toEqual([undefined, undefined]);
  expect(account.hold("sessions")).toEqual({
    code: "limit-exceeded",
    option: "max-sessions-per-address",
    message: expect.stringMatching(/has 2 sessions .*--max-sessions-per-address/),
  });
  account.release("sessions");
  expect(account.hold("sessions")).toBeUndefined();
});

test("a rate: so much at once, what is not needed comes back, and what is spent beyond it is waited for", () => {
  const account = new Ledger({ ...DEFAULT_LIMITS, wrongPasswordsPerMinutePerAddress: 60, wrongPasswordsBurstPerAddress: 2 }).of("192.0.2.1");
  expect([account.take("wrongPasswords"), account.take("wrongPasswords")]).toEqual([undefined, undefined]);
  expect(account.take("wrongPasswords")).toMatchObject({
    option: "max-wrong-passwords-per-minute-per-address",
    message: expect.stringContaining("more than 60 a minute"),
  });
  account.giveBack("wrongPasswords");
  expect(account.waitMs("wrongPasswords")).toBe(0);
  account.spend("wrongPasswords", 3);
  expect(account.waitMs("wrongPasswords")).toBeGreaterThan(2_500);
});

test("a network of IPv6 is some clients, not as many as it has addresses", () => {
  const ledger = new Ledger({ ...DEFAULT_LIMITS, wrongPasswordsBurstPerAddress: 3, sessionsPerAddress: 3, sharesPerNetwork: 2 });
  let [guesses, sessions] = [0, 0];
  for (let i = 0; i < 1_000; i += 1) {
    const account = ledger.of(`2001:db8:1:${i.toString(16)}::1`);
    if (account.take("wrongPasswords") === undefined) guesses += 1;
    if (account.hold("sessions") === undefined) sessions += 1;
  }
  expect([guesses, sessions]).toEqual([6, 6]);
  expect(ledger.of("2001:db8:1:ffff::1").hold("sessions")?.message).toMatch(/--max-shares-per-network/);
  expect(ledger.of("2001:db8:2::1").hold("sessions")).toBeUndefined();
  expect(ledger.size).toBeLessThan(100);
});

test("those who only come by do not make it forget what others owe, and it does not grow without end", () => {
  const ledger = new Ledger(DEFAULT_LIMITS);
  const [holder, debtor] = [ledger.of("192.0.2.1"), ledger.of("192.0.2.2")];
  holder.add("sessions");
  for (let i = 0; i < 50; i += 1) debtor.take("wrongPasswords");
  for (let i = 0; i < 21_000; i += 1) ledger.of(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`).take("wrongPasswords");
  for (let i = 0; i < 20_500; i += 1) ledger.of(`2001:db8:${i.toString(16)}::1`).take("wrongPasswords");
  expect(ledger.of("192.0.2.1")).toBe(holder);
  expect(ledger.of("192.0.2.2")).toBe(debtor);
  expect(ledger.size).toBeLessThan(45_000);
});
