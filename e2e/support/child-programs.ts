import { ChildProgram } from "./child-program.ts";

/** Starts a program beside the browser. */
export type Spawn = (command: string, ...args: readonly (string | number)[]) => ChildProgram;

/** Calls `use` with what starts programs; they are ended afterwards. Gives all that there were. */
export async function withPrograms(use: (spawn: Spawn) => Promise<void>): Promise<readonly ChildProgram[]> {
  const programs: ChildProgram[] = [];
  await use((command, ...args) => {
    const program = new ChildProgram(command, args.map(String));
    programs.push(program);
    return program;
  });
  await Promise.all(programs.map((program) => program.end()));
  return programs;
}
