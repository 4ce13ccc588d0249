// Makes pages better where JavaScript runs; every page works without it.
// One file on purpose: a module's imports would miss the hashed names of static files.

const TYPING_PAUSE = 1500; // milliseconds after the last key
const LONGEST_WAIT = 60_000; // between two attempts while the server can't be reached
const KEEPALIVE_LIMIT = 60_000; // browsers refuse keepalive bodies over 64 KiB

// Autosave ---------------------------------------------------------------------------------
//
// <form data-autosave-url="…"> sends its fields there as a draft; <form data-warn-unsaved>
// only warns before leaving. `edited` counts changes and `saved` is the count the server has
// confirmed, so an answer to an older text never marks a newer one as saved.
// `autosave_sequence` in the body rises with every request of the page, so that the server can
// ignore a draft that arrives after a newer one.
//
// Answers: 200 {"saved_at": "14:02"}; 4xx {"message": "…"} is shown and not repeated until
// something more is typed; being sent to the sign-in page, or 401, means signed out; anything
// else is tried again.

const watched = new Map();

class UnsavedForm {
  edited = 0;
  saved = 0;
  sequence = 0;
  failures = 0;
  underWay = null;
  timer = null;
  leaving = false;

  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.status = form.querySelector("[data-autosave-status]");
    form.addEventListener("input", (event) => event.target.name && this.changed());
    form.addEventListener("focusout", () => this.save());
  }

  get isUnsaved() {
    return this.edited > this.saved;
  }

  changed() {
    this.edited += 1;
    this.failures = 0;
    this.leaving = false; // typing on, after stopping a submission that took too long
    this.saveIn(TYPING_PAUSE);
  }

  saveIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // The fields as they stand, less files: a draft keeps words, files go with the form itself.
  body() {
    refreshCsrfToken(this.form);
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    this.sequence += 1;
    data.set("autosave_sequence", String(this.sequence));
    return data;
  }

  async save() {
    clearTimeout(this.timer);
    if (!this.url || !this.isUnsaved || this.underWay || this.leaving) return;
    const upTo = this.edited;
    this.underWay = new AbortController();
    const outcome = await this.send(this.underWay.signal);
    this.underWay = null;
    if (this.leaving) return;
    outcome.state === "saved" ? this.confirmed(upTo, outcome) : this.refused(upTo, outcome);
  }

  async send(signal) {
    const data = this.body();
    const headers = { Accept: "application/json" };
    const token = data.get("csrfmiddlewaretoken");
    if (token) headers["X-CSRFToken"] = token;
    const keepalive = new Blob([...data].flat()).size < KEEPALIVE_LIMIT;
    try {
      return await understand(
        await fetch(this.url, { method: "POST", body: data, headers, keepalive, signal }),
      );
    } catch {
      return { state: "failed" };
    }
  }

  confirmed(upTo, { savedAt }) {
    this.saved = upTo;
    this.failures = 0;
    if (this.isUnsaved) this.saveIn(TYPING_PAUSE);
    else this.say("saved", `Draft saved at ${savedAt}`);
  }

  refused(upTo, { state, message }) {
    if (state === "signed-out") return this.sayHowToSignIn();
    if (state === "refused") {
      this.say(state, message);
      if (this.edited > upTo) this.saveIn(TYPING_PAUSE);
      return undefined;
    }
    this.failures += 1;
    this.say("failed", "Not saved – still trying");
    return this.saveIn(Math.min(1000 * 2 ** this.failures, LONGEST_WAIT));
  }

  // The page is going: one last attempt, even beside a request under way, because that one
  // carries an older text.
  lastChance() {
    if (!this.url || !this.isUnsaved || this.leaving) return;
    navigator.sendBeacon(this.url, this.body());
  }

  submitted() {
    this.leaving = true;
    clearTimeout(this.timer);
    this.underWay?.abort();
  }

  // Only a change of words is written, so that a screen reader hears each state once.
  say(state, text) {
    if (!this.status || this.status.textContent === text) return;
    this.status.dataset.state = state;
    this.status.textContent = text;
  }

  sayHowToSignIn() {
    if (!this.status || this.status.dataset.state === "signed-out") return;
    const link = document.createElement("a");
    link.href = "/";
    link.target = "_blank";
    link.className = "govuk-link";
    link.textContent = "Sign in again in a new tab";
    this.status.dataset.state = "signed-out";
    this.status.replaceChildren("Not saved yet: you are signed out. ", link, ", then come back here.");
  }
}

async function understand(response) {
  if (response.redirected || response.status === 401) return { state: "signed-out" };
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const answer = isJson ? await response.json() : {};
  if (response.ok && answer.saved_at) return { state: "saved", savedAt: answer.saved_at };
  if (answer.message) return { state: "refused", message: answer.message };
  return { state: "failed" };
}

// Signing in again, in this tab or another, changes the token; the cookie has the current one.
function refreshCsrfToken(form) {
  const token = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && field) field.value = token;
}

function watchForms(scope) {
  for (const form of scope.querySelectorAll("form[data-autosave-url], form[data-warn-unsaved]")) {
    if (!watched.has(form)) watched.set(form, new UnsavedForm(form));
  }
}

function unsavedForms() {
  return [...watched.values()].filter((each) => each.form.isConnected && each.isUnsaved);
}

// On the document, so that whoever stops a submission (htmx, say) has done so by now.
document.addEventListener("submit", (event) => {
  refreshCsrfToken(event.target);
  if (!event.defaultPrevented) watched.get(event.target)?.submitted();
});
document.addEventListener("visibilitychange", () => unsavedForms().forEach((each) => each.save()));
window.addEventListener("online", () => unsavedForms().forEach((each) => each.save()));
window.addEventListener("pagehide", () => {
  unsavedForms().forEach((each) => each.lastChance());
  watched.forEach((each) => (each.leaving = true));
});
window.addEventListener("pageshow", () => {
  // Shown again by the back button, the page goes on where it was.
  watched.forEach((each) => (each.leaving = false));
  unsavedForms().forEach((each) => each.save());
});
window.addEventListener("beforeunload", (event) => {
  if (unsavedForms().some((each) => !each.leaving)) event.preventDefault();
});

// GOV.UK Frontend --------------------------------------------------------------------------

async function startComponents(scope) {
  const { initAll, isSupported } = await import(
    document.querySelector("script[data-govuk-frontend]").dataset.govukFrontend
  );
  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) {
    document.body.classList.add("govuk-frontend-supported");
  }
  if (isSupported()) initAll({ scope });
}

// Printing ---------------------------------------------------------------------------------

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

watchForms(document);
startComponents(document);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt === document.body) return;
  watchForms(detail.elt.parentElement ?? document);
  startComponents(detail.elt);
});
