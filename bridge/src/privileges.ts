import { execFileSync } from "node:child_process";
import { access, chown, constants, mkdir } from "node:fs/promises";

/** The bridge cannot become the user it was told to. The message says why and what to do. */
export class PrivilegesError extends Error {
  override readonly name = "PrivilegesError";
}

/** The user id of root. */
const ROOT = 0;

/** What a root that stays root is told at the start. */
export const ROOT_WARNING =
  "The bridge runs as root, which it never needs once its port is open. Give it a user of its own: --user NAME, and it becomes that user; or start it as that user, as in docs/deploy.md.";

/** Whether this process is root. */
export function isRoot(): boolean {
  return process.getuid?.() === ROOT;
}

/**
 * Becomes a user without rights, for good. The port is open by then; what is read and written later has to be the user's:
 * `data` is made for it where it is not there yet, and the page has to be readable.
 * @throws {PrivilegesError}
 */
export async function becomeUser(user: string, { page, data }: { readonly page: string; readonly data: string | undefined }): Promise<void> {
  if (process.setuid === undefined || process.setgid === undefined || process.setgroups === undefined)
    throw new PrivilegesError("--user is for Linux and macOS.");
  if (!isRoot())
    throw new PrivilegesError(`--user is ${JSON.stringify(user)}, and only root can become another user. Leave it out, or start the bridge as root.`);
  const [uid, gid] = [idOf("-u", user), idOf("-g", user)];
  if (uid === ROOT) throw new PrivilegesError(`--user is ${JSON.stringify(user)}, which is root. Name a user without rights.`);
  if (data !== undefined) {
    const made = await mkdir(data, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chown(data, uid, gid);
  }
  process.setgroups([gid]);
  process.setgid(gid);
  process.setuid(uid);
  await access(page, constants.R_OK | constants.X_OK).catch(() => {
    throw new PrivilegesError(
      `The user ${user} cannot read the page in ${page}. Put the playground where that user can read it, such as /opt, or choose the page's directory with --page.`,
    );
  });
  if (data !== undefined) {
    await access(data, constants.W_OK | constants.X_OK).catch(() => {
      throw new PrivilegesError(
        `The user ${user} cannot write to ${data}, where scripts of short links are kept. Give it to that user: chown -R ${user} ${data}`,
      );
    });
  }
}

function idOf(which: "-u" | "-g", user: string): number {
  try {
    return Number(execFileSync("id", [which, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    throw new PrivilegesError(`--user is ${JSON.stringify(user)}, and this machine has no such user. Make one: useradd --system ${user}`);
  }
}
