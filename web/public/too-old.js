/* oxlint-disable no-unused-vars, no-new -- written as old browsers read it */
/*
 * Says what is the matter where the page cannot start because the browser is too old. A script of its own, as old
 * browsers read it: the page's scripts are more than those can parse. The page says itself what it cannot do once it runs.
 */
(function () {
  // Something that the page cannot start without, of the youngest there is: Safari 16.4, Firefox 111, Chrome 108 and older have them all.
  function isTooOld() {
    try {
      new RegExp("(?<=a)b");
      return (
        !("noModule" in HTMLScriptElement.prototype) ||
        !Array.prototype.findLast ||
        !Object.hasOwn ||
        !window.structuredClone ||
        !HTMLDialogElement.prototype.showModal ||
        !window.ResizeObserver ||
        !window.AbortSignal ||
        !AbortSignal.prototype.throwIfAborted
      );
    } catch (error) {
      return true;
    }
  }

  function isRussian() {
    var saved = null;
    try {
      saved = localStorage.getItem("zone-playground:locale");
    } catch (error) {
      // Storage is forbidden; the browser's language it is.
    }
    return /^ru\b/i.test(saved || (navigator.languages && navigator.languages[0]) || navigator.language || "");
  }

  function tell() {
    if (document.getElementById("too-old")) return;
    var message = document.createElement("p");
    message.id = "too-old";
    message.setAttribute("role", "alert");
    message.style.cssText = "max-width: 36em; margin: 3em auto; padding: 0 1em; font: 1.1em/1.5 sans-serif";
    message.appendChild(
      document.createTextNode(
        isRussian()
          ? "Этот браузер слишком старый для Zone Playground. Подойдут Safari 16.4, Firefox 115, Chrome 109 и новее."
          : "This browser is too old for Zone Playground. Use Safari 16.4, Firefox 115, Chrome 109 or newer.",
      ),
    );
    document.body.appendChild(message);
  }

  function tellSoon() {
    if (document.body) tell();
    else document.addEventListener("DOMContentLoaded", tell);
  }

  if (isTooOld()) tellSoon();
  // What it cannot parse is younger than it.
  window.addEventListener("error", function (event) {
    if (!document.querySelector("zp-app") && event.error instanceof SyntaxError) tellSoon();
  });
})();
