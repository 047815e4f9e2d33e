// A <dialog id="…" data-controller="dialog">: opened by an opener, closed by Escape, a form with method="dialog", or a click beside it.
// With data-dialog-now-value="true" it opens by itself, for what htmx brings.
import { Controller } from "../application.js";

export default class extends Controller {
  static values = { now: Boolean };

  connect() {
    this.beside = (event) => event.target === this.element && this.element.close();
    this.element.addEventListener("click", this.beside);
    if (this.nowValue && !this.element.open) this.open();
  }

  disconnect() {
    this.element.removeEventListener("click", this.beside);
  }

  open() {
    this.returnTo = document.activeElement;
    this.element.showModal();
    this.dispatch("opened");
  }

  close() {
    this.element.close();
    this.returnTo?.focus?.();
  }
}
