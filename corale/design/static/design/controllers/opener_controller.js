// A button that opens a dialog by its id. <button data-controller="opener" data-opener-for-value="palette" data-action="opener#open">
import { Controller } from "../application.js";

export default class extends Controller {
  static values = { for: String };

  connect() {
    this.element.setAttribute("aria-haspopup", "dialog");
  }

  open(event) {
    event?.preventDefault();
    const dialog = document.getElementById(this.forValue);
    if (!dialog || dialog.open) return;
    this.element.closest("details.menu")?.removeAttribute("open");
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened"));
  }
}
