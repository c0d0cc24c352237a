/**
 * `Symbol.dispose`, which classes of ours name a method with, for browsers that have none: every Safari, Firefox before
 * 141, Chrome before 134. Every worker imports this before anything else, since a class reads the name when it is
 * defined; what `using` is lowered to looks for the same symbol. Not for the page's own scripts: `Symbol` may be somebody
 * else's there.
 */
if ((Symbol as { dispose?: symbol }).dispose === undefined) {
  Object.defineProperty(Symbol, "dispose", { value: Symbol.for("Symbol.dispose"), writable: false, enumerable: false, configurable: false });
}
