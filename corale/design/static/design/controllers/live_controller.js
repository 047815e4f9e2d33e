// What happens elsewhere reaches the open page: one stream for all data-topics on it, each thing an event of the body.
// "conversation:12" arrives as `live:conversation`, so that htmx can say hx-trigger="live:conversation from:body".
// Whoever only asks anew listens to `live:counts-soon`: it comes a second after the first of several, and once for all.
// The server sends again what a short break missed; when it cannot ("reset") and after a long pause, every topic's event comes once
// with `again` in its detail, and `live:again` before them: ask for everything anew.
import { Controller } from "../application.js";

export default class extends Controller {
  static values = { url: String, at: Number };

  connect() {
    this.began = performance.now();
    this.soon = {};
    this.renew = () => this.subscribe();
    this.watch = () => (document.visibilityState === "visible" ? this.subscribe() : this.pause());
    document.body.addEventListener("htmx:afterSettle", this.renew);
    document.addEventListener("visibilitychange", this.watch);
    this.subscribe();
  }

  disconnect() {
    document.body.removeEventListener("htmx:afterSettle", this.renew);
    document.removeEventListener("visibilitychange", this.watch);
    Object.values(this.soon).forEach(clearTimeout);
    this.close();
  }

  topics() {
    const all = [...document.querySelectorAll("[data-topics]")].flatMap((element) => element.dataset.topics.split(/\s+/));
    return [...new Set(all.filter(Boolean))].sort();
  }

  subscribe() {
    const topics = this.topics();
    const wanted = topics.join(",");
    clearTimeout(this.pausing);
    if (!wanted || (wanted === this.current && this.source?.readyState !== EventSource.CLOSED)) return;
    this.close();
    this.current = wanted;
    this.source = new EventSource(`${this.urlValue}?topics=${encodeURIComponent(wanted)}&at=${this.since()}`);
    this.source.onopen = () => this.opened(topics);
    this.source.onerror = () => this.lost();
    this.source.onmessage = (event) => this.tell(event);
    this.source.addEventListener("reset", () => this.again(topics));
  }

  // What happens between writing the page, or a piece of it, and listening is told as well: the server's clock in
  // seconds, with three for a piece that was on its way.
  since() {
    const open = (performance.now() - this.began) / 1000;
    return Math.floor(this.atValue + Math.max(open - 3, 0));
  }

  tell(event) {
    let detail = {};
    try {
      detail = JSON.parse(event.data || "{}");
    } catch {
      return;
    }
    if (detail.topic) this.raise(detail.topic, detail);
  }

  raise(topic, detail) {
    const name = `live:${topic.split(":")[0]}`;
    document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: false }));
    this.soon[name] ??= setTimeout(() => {
      delete this.soon[name];
      document.body.dispatchEvent(new CustomEvent(`${name}-soon`));
    }, 1000);
  }

  opened(topics) {
    clearTimeout(this.waiting);
    this.wait = 1000;
    if (this.broken) this.again(topics);
  }

  again(topics) {
    this.broken = false;
    document.body.dispatchEvent(new CustomEvent("live:again"));
    topics.forEach((topic) => this.raise(topic, { topic, again: true }));
  }

  // The browser tries again by itself, except when the server refused; then we do, ever more slowly.
  lost() {
    if (this.source.readyState !== EventSource.CLOSED) return;
    this.broken = true;
    this.wait = Math.min((this.wait ?? 1000) * 2, 60_000);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.subscribe(), this.wait * (0.75 + Math.random() / 2));
  }

  // A page nobody looks at lets go of its stream after five minutes.
  pause() {
    this.pausing = setTimeout(() => {
      this.close();
      this.broken = true;
    }, 300_000);
  }

  close() {
    clearTimeout(this.waiting);
    this.source?.close();
    this.source = null;
    this.current = "";
  }
}
