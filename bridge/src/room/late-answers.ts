import type { ClientAccount } from "../client/client-account.ts";

/** Answers that are delayed, by the address that waits for them. One may come early, when its address wants the place for another. */
export class LateAnswers {
  /** The oldest of each address first. */
  readonly #byAccount = new Map<ClientAccount, Set<() => void>>();

  /** Waits for so long, or until the answer is to come early. */
  wait(account: ClientAccount, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const answers = this.#byAccount.get(account) ?? new Set();
      this.#byAccount.set(account, answers);
      const answer = (): void => {
        clearTimeout(timer);
        answers.delete(answer);
        if (answers.size === 0) this.#byAccount.delete(account);
        resolve();
      };
      const timer = setTimeout(answer, ms);
      timer.unref();
      answers.add(answer);
    });
  }

  /** Has the oldest answer of an address come now. Whether there was one. */
  hurryOne(account: ClientAccount): boolean {
    const [oldest] = this.#byAccount.get(account) ?? [];
    oldest?.();
    return oldest !== undefined;
  }
}
