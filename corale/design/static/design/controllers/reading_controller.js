// Somebody has really read this: at least five seconds with the page in front of them. Told once, when the page is left, with the seconds.
// <div data-controller="reading" data-reading-url-value="…" data-reading-least-value="5"> and on messages: data-message="12"
import { Controller } from "../application.js";
import { send } from "../csrf.js";

export default class extends Controller {
  static values = { url: String, least: { type: Number, default: 5 } };

  connect() {
    this.seconds = 0;
    this.seen = new Set();
    this.clock = setInterval(() => this.look(), 1000);
    this.leave = () => this.tell();
    addEventListener("pagehide", this.leave);
    this.watcher = new IntersectionObserver((all) => all.forEach((one) => one.isIntersecting && this.seen.add(one.target.dataset.message)), { threshold: 0.3 });
    this.element.querySelectorAll("[data-message]").forEach((message) => this.watcher.observe(message));
  }

  disconnect() {
    clearInterval(this.clock);
    this.watcher.disconnect();
    removeEventListener("pagehide", this.leave);
    this.tell();
  }

  // The first telling comes as soon as the least is reached, so that a crash loses only the rest; the answer is the same visit.
  look() {
    if (document.visibilityState !== "visible" || !document.hasFocus()) return;
    this.seconds += 1;
    if (this.seconds === this.leastValue) this.tell();
  }

  tell() {
    if (this.told || this.seconds < this.leastValue || !this.urlValue) return;
    this.told = true;
    send(this.urlValue, { seconds: this.seconds, messages: [...this.seen].join(",") }, { keepalive: true });
  }
}
