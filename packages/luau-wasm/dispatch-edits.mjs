// @ts-check
/**
 * What is changed of Luau's interpreter for WebAssembly, which has no computed goto and no code to jump to that was made while it
 * runs. Without these edits the way from one instruction to the next is a number looked up in a table, a comparison that tells
 * loops from each other, and a second table; with them it is one jump by the instruction's own number.
 */

const EXECUTE = "VM/src/lvmexecute.cpp";

/** @type {readonly import("../wasm-build/edit-source.mjs").Edit[]} */
export const DISPATCH_EDITS = [
  // A switch: computed goto would be made of one, with a table of numbers in front of it.
  {
    file: EXECUTE,
    from: `#if defined(__GNUC__) || defined(__clang__)
#define VM_USE_CGOTO 1
`,
    to: `#if 0
#define VM_USE_CGOTO 1
`,
  },
  // Where an instruction goes on as another one, it jumps to its case: a second way into the switch would merge two numbers.
  {
    file: EXECUTE,
    from: `#define VM_CASE(op) case op:
`,
    to: `#define VM_CASE(op) \\
    CASE_##op: \\
    case op:
`,
  },
  {
    file: EXECUTE,
    from: `#define VM_CONTINUE(op) \\
    dispatchOp = uint8_t(op); \\
    goto dispatchContinue
`,
    to: `#define VM_CONTINUE(op) goto CASE_##op
`,
  },
  {
    file: EXECUTE,
    from: `        size_t dispatchOp = LUAU_INSN_OP(*pc);

    dispatchContinue:
        switch (dispatchOp)
`,
    to: `        switch (LUAU_INSN_OP(*pc))
`,
  },
  // Breakpoints, which nothing here sets, go on as an instruction that is known only then.
  {
    file: EXECUTE,
    from: `                VM_CONTINUE(op);
            }
`,
    to: `                __builtin_trap();
            }
`,
  },
  // Without a default of its own, the first instruction becomes it, and every number is reduced by one.
  {
    file: EXECUTE,
    from: `            LUAU_ASSERT(!"Unknown opcode");
            LUAU_UNREACHABLE(); // improves switch() codegen by eliding opcode bounds checks
`,
    to: `            __builtin_trap();
`,
  },
  // No native code: going on behind it is a loop around the loop, and each instruction would tell which of them it goes to.
  {
    file: EXECUTE,
    from: `#define VM_HAS_NATIVE 1
`,
    to: `#define VM_HAS_NATIVE 0
`,
  },
  // No debugger that goes step by step: its interpreter is a second copy in the same function.
  {
    file: EXECUTE,
    from: `    if (L->singlestep)
        luau_execute<true>(L);
    else
        luau_execute<false>(L);
`,
    to: `    luau_execute<false>(L);
`,
  },
];
