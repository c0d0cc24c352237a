// @ts-check
import { spawn } from "node:child_process";
import { inProject, root } from "./paths.mjs";

/** A command that ended with another status than 0, or could not be started. */
export class CommandFailed extends Error {
  /** @param {string} command @param {string} how */
  constructor(command, how) {
    super(`\`${command}\` ${how}`);
    this.name = "CommandFailed";
  }
}

/**
 * Runs a command in the project's folder, its output shown as it comes (on standard error).
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: Record<string, string> }} [options]
 * @returns {Promise<void>} rejects with `CommandFailed`
 */
export function runCommand(program, parameters, options = {}) {
  const command = [program, ...parameters].join(" ");
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ["ignore", process.stderr, process.stderr],
      env: { ...process.env, ...options.env },
      shell: process.platform === "win32",
    });
    child.on("error", (error) => reject(new CommandFailed(command, `could not be started: ${error.message}`)));
    child.on("close", (status, signal) => {
      if (status === 0) resolve();
      else reject(new CommandFailed(command, signal ? `was ended by ${signal}` : `ended with status ${status}`));
    });
  });
}

/**
 * Runs a tool that the project's own dependencies brought, such as `tsc`.
 *
 * @param {string} name
 * @param {string[]} parameters
 * @param {{ env?: Record<string, string> }} [options]
 */
export function runTool(name, parameters, options) {
  return runCommand(inProject("node_modules", ".bin", name), parameters, options);
}
