// Ctrl/Cmd+Enter sends; plain Enter never does. <form data-controller="submit-keys">
import { Controller } from "../application.js";

export default class extends Controller {
  connect() {
    this.press = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      this.element.requestSubmit(this.element.querySelector("[data-submit-first]") ?? undefined);
    };
    this.element.addEventListener("keydown", this.press);
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.press);
  }
}
