// The thread opens at the first unread message, else at its end; what arrives comes in without moving what is being read.
import { Controller } from "../design/application.js";

const NEAR = 120;

export default class extends Controller {
  static values = { me: String };

  connect() {
    this.pane = this.element.closest(".pane");
    this.hear = (event) => this.changed(event.detail);
    this.before = () => (this.atEnd = this.isNearEnd());
    this.after = () => this.atEnd && this.toEnd();
    document.body.addEventListener("live:conversation", this.hear);
    this.element.addEventListener("htmx:beforeSwap", this.before);
    this.element.addEventListener("htmx:afterSettle", this.after);
    if (this.isElsewhere()) return;
    const entry = performance.getEntriesByType("navigation")[0];
    if (!location.hash && entry?.type === "navigate") this.open();
  }

  disconnect() {
    document.body.removeEventListener("live:conversation", this.hear);
    this.element.removeEventListener("htmx:beforeSwap", this.before);
    this.element.removeEventListener("htmx:afterSettle", this.after);
  }

  // A theme that one has chosen oneself comes with the answer to the form: its dialog stands in the thread until then.
  changed({ change, by }) {
    if (change === "theme" && by === this.meValue) return;
    document.body.dispatchEvent(new CustomEvent(change === "presence" ? "presence-changed" : "thread-changed"));
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
