// Tells colleagues that one looks at a conversation or writes: at once when it changes, else every twenty seconds, and when one leaves.
// <div data-controller="presence" data-presence-url-value="…"> around the thread and the composer.
import { Controller } from "../design/application.js";
import { send } from "../design/csrf.js";

const EVERY = 20_000;
const WRITING = 30_000;

export default class extends Controller {
  static values = { url: String };

  connect() {
    this.written = 0;
    this.write = (event) => event.target.matches("textarea") && this.writes();
    this.leave = () => this.away();
    this.look = () => (document.visibilityState === "visible" ? this.tell() : this.away());
    this.element.addEventListener("input", this.write);
    addEventListener("pagehide", this.leave);
    document.addEventListener("visibilitychange", this.look);
    this.clock = setInterval(() => document.visibilityState === "visible" && this.tell(), EVERY);
    this.tell();
  }

  disconnect() {
    clearInterval(this.clock);
    this.element.removeEventListener("input", this.write);
    removeEventListener("pagehide", this.leave);
    document.removeEventListener("visibilitychange", this.look);
    this.away();
  }

  writes() {
    const began = Date.now() - this.written > WRITING;
    this.written = Date.now();
    if (began) this.tell();
  }

  tell() {
    const doing = Date.now() - this.written < WRITING ? "writing" : "looking";
    this.there = true;
    send(this.urlValue, { doing }, { keepalive: true }).catch(() => {});
  }

  away() {
    if (!this.there) return;
    this.there = false;
    send(this.urlValue, { _method: "DELETE" }, { keepalive: true }).catch(() => {});
  }
}
