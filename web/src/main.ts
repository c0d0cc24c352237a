import { fetchAhead } from "./app/fetch-ahead.ts";
import { FirstVisit } from "./app/first-visit.ts";
import { loadDialogs } from "./app/load-dialogs.ts";
import { Playground } from "./app/playground.ts";
import { KnownMachines } from "./session/known-machines.ts";
import { machineToken } from "./session/machine-token.ts";
import { openProjectStore } from "./library/indexed-store.ts";
import { bringLegacyProjects } from "./library/legacy-projects.ts";
import { lastProject, Library, projectOfRoom } from "./library/library.ts";
import { newStoredProject } from "./library/stored-project.ts";
import { UnsavedWork } from "./library/unsaved-work.ts";
import { loadRussian } from "./locale/load-russian.ts";
import { loadExplanations } from "./log/explanations.ts";
import { currentLocale, LOCALES, provideRussian, startLocale } from "./locale/locale.ts";
import { loadReference } from "./reference/load-reference.ts";
import { luauModule } from "./workers/luau-module.ts";
import { prepareProgramWorkers } from "./programs/new-worker.ts";
import { NEW_PROJECT_SETTINGS } from "./project/project-settings.ts";
import { isUntouchedStarter, starterProject } from "./project/starter-project.ts";
import { linkOrigins } from "./room/link-origin.ts";
import { sharedLinkOf } from "./share/shared-link.ts";
import { arrive, followLinks } from "./share/arrival.ts";
import { endLoadingScreen } from "./ui/loading-screen.ts";
import { inTime } from "./storage/time-limit.ts";
import "./app/app-shell.ts";

/** Milliseconds until the VM is fetched in browsers that cannot say when they are idle. */
const IDLE_FALLBACK_MS = 500;

/** Milliseconds for which what Run does not need waits: whoever presses Run at once has all of the network and the processor. */
const LATER_MS = 1_500;

provideRussian(loadRussian);
// Not awaited here: parts of the page import from this file, and would wait for it to end while it waits for them.
void start();

function prepareWorkers(): void {
  // Run starts its own where these cannot be had, and says what is wrong.
  void prepareProgramWorkers(luauModule()).catch(() => {});
}

async function start(): Promise<void> {
  const ahead = fetchAhead();
  // Whoever comes by a link decides first, and perhaps against it.
  const asksFirst = sharedLinkOf(location) !== undefined;
  if (!asksFirst) prepareWorkers();
  const [store] = await Promise.all([openProjectStore(), startLocale()]);
  // Nothing that an older page has left behind may keep this one from coming up: neither what it saved, nor a lock on the database that it holds still.
  await inTime(
    new UnsavedWork()
      .recover(store)
      .then(() => bringLegacyProjects(store))
      .catch(() => {}),
  );
  const { room, stored, isByLink, isFromSite } = await arrive(store);
  if (asksFirst) prepareWorkers();
  const known = new KnownMachines(room);
  // At the same time: each is a way to another process and back.
  const [token, firstVisit, ofRoom, last] = await Promise.all([
    machineToken({ known }),
    FirstVisit.begin({ store, isByLink }),
    stored === undefined && !store.isNew ? projectOfRoom(store, room).catch(() => undefined) : undefined,
    stored === undefined && !store.isNew && isFromSite ? lastProject(store).catch(() => undefined) : undefined,
  ]);
  const library = new Library({
    store,
    room,
    stored: stored ?? ofRoom ?? last ?? newStoredProject({ files: starterProject(currentLocale()), settings: NEW_PROJECT_SETTINGS, room }),
    isUntouched: ({ files }) => isUntouchedStarter(files),
  });
  const playground = new Playground({ room, machineToken: token, known, library, firstVisit });

  const app = document.createElement("zp-app");
  app.playground = playground;
  endLoadingScreen();
  document.body.append(app);
  playground.session.connect();
  followLinks(() => library.save());
  addEventListener("beforeunload", (event) => {
    // The browser asks in its own words, and only where something would be gone.
    if (library.isAtRisk) event.preventDefault();
  });

  const whenIdle = globalThis.requestIdleCallback ?? ((callback: () => void) => setTimeout(callback, IDLE_FALLBACK_MS));
  whenIdle(() => {
    void ahead
      // What Run does not need comes after it: the type checker, and what shall be there even when the bridge is gone by then.
      .then(() =>
        setTimeout(() => {
          playground.analysis.start();
          void linkOrigins.ask();
          whenIdle(
            () => void Promise.allSettled([loadDialogs(), loadRussian(), import("./editor/typing.ts"), loadExplanations(), ...LOCALES.map(loadReference)]),
          );
        }, LATER_MS),
      );
  });
}
