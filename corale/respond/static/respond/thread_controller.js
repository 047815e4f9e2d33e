// The thread opens at the first unread message, else at its end; what arrives comes in without moving what is being read,
// without closing what one has unfolded, and not while one has a menu or a dialog of what it renews in hand: then it waits.
import { Controller } from "../design/application.js";

const NEAR = 120;
const IN_HAND = ":is(#thread, #desk-head, #card) :is(details.menu[open], dialog[open]), :is(#thread, #desk-head) .htmx-request";
const LET_GO = ["toggle", "close", "htmx:afterRequest"];
const UNFOLDED = "details:not(.menu)";

export default class extends Controller {
  connect() {
    this.pane = this.element.closest(".pane");
    this.hear = (event) => this.ask(event.detail.change === "presence" ? "presence-changed" : "thread-changed");
    this.before = (event) => this.swapping(event);
    this.after = () => this.swapped();
    this.released = () => this.release();
    document.body.addEventListener("live:conversation", this.hear);
    this.element.addEventListener("htmx:beforeSwap", this.before);
    this.element.addEventListener("htmx:afterSettle", this.after);
    for (const kind of LET_GO) document.addEventListener(kind, this.released, true);
    if (this.isElsewhere()) return;
    const entry = performance.getEntriesByType("navigation")[0];
    if (!location.hash && entry?.type === "navigate") this.open();
  }

  disconnect() {
    document.body.removeEventListener("live:conversation", this.hear);
    this.element.removeEventListener("htmx:beforeSwap", this.before);
    this.element.removeEventListener("htmx:afterSettle", this.after);
    for (const kind of LET_GO) document.removeEventListener(kind, this.released, true);
  }

  ask(name) {
    document.body.dispatchEvent(new CustomEvent(name));
  }

  swapping(event) {
    this.atEnd = this.isNearEnd();
    if (event.detail.requestConfig.elt !== this.element) return;
    this.waits = !!document.querySelector(IN_HAND);
    if (this.waits) {
      event.detail.shouldSwap = false;
      return;
    }
    this.unfolded = [...this.element.querySelectorAll(UNFOLDED)].filter((each) => each.open).map((each) => this.placeOf(each));
  }

  swapped() {
    for (const { id, at } of this.unfolded ?? []) {
      const found = document.getElementById(id)?.querySelectorAll(UNFOLDED)[at];
      if (found) found.open = true;
    }
    this.unfolded = null;
    if (this.atEnd) this.toEnd();
  }

  release() {
    if (!this.waits || document.querySelector(IN_HAND)) return;
    this.waits = false;
    this.ask("thread-changed");
  }

  placeOf(details) {
    const message = details.closest("article");
    return { id: message?.id, at: [...(message?.querySelectorAll(UNFOLDED) ?? [])].indexOf(details) };
  }

  // A link to a message that is older than what is shown: ask for the part of the thread in which it stands.
  isElsewhere() {
    const wanted = location.hash.match(/^#m(\d+)$/)?.[1];
    const url = new URL(location.href);
    if (!wanted || document.getElementById(`m${wanted}`) || url.searchParams.has("at")) return false;
    url.searchParams.set("at", wanted);
    location.replace(url);
    return true;
  }

  open() {
    const unread = document.getElementById("new");
    if (unread) unread.scrollIntoView({ block: "start" });
    else this.toEnd();
  }

  isNearEnd() {
    return this.pane.scrollHeight - this.pane.scrollTop - this.pane.clientHeight < NEAR;
  }

  toEnd() {
    this.pane.scrollTop = this.pane.scrollHeight;
  }
}
