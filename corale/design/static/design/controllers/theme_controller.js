// Light, dark, or as the device says: at once here, and kept for the next page.
import { Controller } from "../application.js";
import { prefer } from "../csrf.js";

export default class extends Controller {
  choose(event) {
    event.preventDefault();
    const chosen = event.submitter?.value ?? "auto";
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    this.element.querySelectorAll("[name=theme]").forEach((choice) => choice.setAttribute("aria-pressed", choice.value === chosen));
    prefer("theme", chosen);
  }
}
