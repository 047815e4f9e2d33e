// Keeps what is being written, every two seconds and when the page is left; what was kept is in the field when the page comes.
// <form data-controller="autosave" data-autosave-url-value="…" data-autosave-saved-value="Saved at {time}" data-autosave-failed-value="…">
//   … <span data-autosave-target="said"></span>
// Sends the form's fields by POST; stops for good once the form itself is sent. With 409 somebody else has answered: "autosave:conflict".
import { Controller } from "../application.js";
import { send } from "../csrf.js";

export default class extends Controller {
  static targets = ["said"];
  static values = { url: String, saved: String, failed: String, every: { type: Number, default: 2000 } };

  connect() {
    this.kept = this.written();
    this.listen = () => this.later();
    this.leave = () => this.save({ keepalive: true });
    this.hide = () => document.visibilityState === "hidden" && this.leave();
    this.done = () => this.stop();
    this.element.addEventListener("input", this.listen);
    this.element.addEventListener("submit", this.done);
    addEventListener("pagehide", this.leave);
    document.addEventListener("visibilitychange", this.hide);
  }

  disconnect() {
    this.leave();
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.stopped = true;
    this.element.removeEventListener("input", this.listen);
    removeEventListener("pagehide", this.leave);
    document.removeEventListener("visibilitychange", this.hide);
  }

  later() {
    this.timer ??= setTimeout(() => this.save(), this.everyValue);
  }

  written() {
    const fields = new FormData(this.element);
    fields.delete("csrfmiddlewaretoken");
    return new URLSearchParams([...fields].filter(([, value]) => typeof value === "string")).toString();
  }

  async save(options = {}) {
    clearTimeout(this.timer);
    this.timer = null;
    const now = this.written();
    if (this.stopped || now === this.kept || !this.urlValue) return;
    try {
      const answer = await send(this.urlValue, now, options);
      if (answer.status === 409) this.dispatch("conflict", { detail: { answer } });
      if (!answer.ok) throw new Error(answer.status);
      this.kept = now;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      this.say(this.savedValue.replace("{time}", time));
      if (this.written() !== now) this.later();
    } catch {
      this.say(this.failedValue);
      if (!this.stopped) this.timer = setTimeout(() => this.save(), 5 * this.everyValue);
    }
  }

  say(words) {
    if (this.hasSaidTarget && words) this.saidTarget.textContent = words;
  }
}
