/* oxlint-disable no-unused-vars, no-new, no-undef -- written as old browsers read it; the build fills in RUSSIAN_FILES, ARRIVAL_FILES, LESSON_FILES and LESSON_CONTENTS */
/*
 * What the page does before any script of its own is there. It stands in the HTML itself, so nothing waits for it: shows the loading
 * screen in the reader's language and colours, asks for what that language and this address need, and says what is the matter where the page
 * cannot start. In the syntax of old browsers: the page's scripts are more than those can parse.
 */
(function () {
  var root = document.documentElement;

  function read(name) {
    try {
      return localStorage.getItem("zone-playground:" + name) || "";
    } catch (error) {
      // Storage is forbidden: the browser's own settings count.
      return "";
    }
  }

  // As `preferredLocale` of src/locale/locale.ts chooses.
  function isRussian() {
    var tags = [read("locale")].concat([].slice.call(navigator.languages || [navigator.language || ""]));
    for (var index = 0; index < tags.length; index++) {
      var language = tags[index].toLowerCase().split("-")[0];
      if (language === "ru") return true;
      if (language === "en") return false;
    }
    return false;
  }

  var russian = isRussian();
  if (russian) root.lang = "ru";
  var theme = read("theme");
  if (theme === "light" || theme === "dark" || theme === "contrast") root.setAttribute("data-theme", theme);
  // A link to a project, and an address that leads nowhere, bring a question first, and not the editor.
  var isArrival = !/^\/(?:$|room\/[^/]+\/)/i.test(location.pathname) || location.hash.slice(0, 7) === "#share=";
  if (isArrival) root.setAttribute("data-arrival", "");

  // A link to a lesson needs what shows lessons, and that lesson.
  var lesson = (/^#lesson=([\w/-]+)/.exec(location.hash) || [])[1];
  var contents = LESSON_CONTENTS;
  var lessonFiles = lesson && Object.prototype.hasOwnProperty.call(contents, lesson) ? LESSON_FILES.concat(contents[lesson]) : [];

  // As `build/first-run-plugin.ts` asks for the rest.
  var files = (isArrival ? ARRIVAL_FILES : []).concat(lessonFiles, russian ? RUSSIAN_FILES : []);
  files.forEach(function (file) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.crossOrigin = "";
    link.href = file;
    document.head.appendChild(link);
  });

  // The database of projects, which takes a browser long to open; `src/library/indexed-store.ts` goes on with it. Once the first picture is
  // drawn, which would be later otherwise.
  function openDatabase() {
    if (window.openingDatabase) return;
    try {
      var opening = { request: indexedDB.open("zone-playground", 1), isNew: false };
      opening.request.onupgradeneeded = function () {
        opening.request.result.createObjectStore("projects", { keyPath: "id" });
        opening.isNew = true;
      };
      window.openingDatabase = opening;
    } catch (error) {
      // Storage is forbidden: the page finds out itself.
    }
  }
  if (window.requestAnimationFrame)
    requestAnimationFrame(function () {
      setTimeout(openDatabase);
    });

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

  /** Puts a sentence in the place of the loading screen, and a button that tries again where that may help. */
  function tell(id, text, again) {
    if (document.getElementById("too-old") || document.getElementById("not-loaded")) return;
    var screen = document.getElementById("loading");
    if (screen) screen.parentNode.removeChild(screen);
    var message = document.createElement("p");
    message.id = id;
    message.setAttribute("role", "alert");
    message.style.cssText = "max-width: 36em; margin: 3em auto; padding: 0 1em; font: 1.1em/1.5 sans-serif";
    message.appendChild(document.createTextNode(text));
    document.body.appendChild(message);
    if (!again) return;
    var button = document.createElement("button");
    button.style.cssText = "display: block; margin: 1em 0; padding: 0.4em 1em; font: inherit";
    button.appendChild(document.createTextNode(again));
    button.addEventListener("click", function () {
      location.reload();
    });
    message.appendChild(button);
  }

  function soon(action) {
    if (document.body) action();
    else document.addEventListener("DOMContentLoaded", action);
  }

  function tellTooOld() {
    tell(
      "too-old",
      russian
        ? "Этот браузер слишком старый для Zone Playground. Подойдут Safari 16.4, Firefox 115, Chrome 109 и новее."
        : "This browser is too old for Zone Playground. Use Safari 16.4, Firefox 115, Chrome 109 or newer.",
    );
  }

  function tellNotLoaded() {
    tell(
      "not-loaded",
      russian ? "Страница не загрузилась. Проверьте соединение и обновите её." : "The page could not be loaded. Check your connection and reload.",
      russian ? "Обновить" : "Reload",
    );
  }

  if (isTooOld()) soon(tellTooOld);
  window.addEventListener(
    "error",
    function (event) {
      if (!document.getElementById("loading")) return;
      // What it cannot parse is younger than it.
      if (event.error instanceof SyntaxError) soon(tellTooOld);
      // The page's own script has not come.
      else if (event.target && event.target.nodeName === "SCRIPT") soon(tellNotLoaded);
    },
    // Of what is not loaded, only whoever catches the event on its way down hears.
    true,
  );
})();
