// <button data-controller="copy" data-copy-text-value="https://…" data-copy-done-value="Copied" data-action="copy#copy">
import { Controller } from "../application.js";

export default class extends Controller {
  static values = { text: String, done: String };

  async copy(event) {
    event.preventDefault();
    await navigator.clipboard.writeText(this.textValue || this.element.href || "");
    const said = document.getElementById("announcer");
    if (said) said.textContent = this.doneValue;
    const title = this.element.title;
    this.element.title = this.doneValue;
    this.element.dataset.copied = "";
    setTimeout(() => {
      this.element.title = title;
      delete this.element.dataset.copied;
    }, 1500);
  }
}
