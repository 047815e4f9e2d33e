// A <details class="menu">: closes when one looks elsewhere, arrows move between its items, Escape gives the focus back.
import { Controller } from "../application.js";

export default class extends Controller {
  connect() {
    this.summary = this.element.querySelector("summary");
    this.elsewhere = (event) => this.element.open && !this.element.contains(event.target) && (this.element.open = false);
    this.press = (event) => this.key(event);
    document.addEventListener("click", this.elsewhere);
    document.addEventListener("focusin", this.elsewhere);
    this.element.addEventListener("keydown", this.press);
  }

  disconnect() {
    document.removeEventListener("click", this.elsewhere);
    document.removeEventListener("focusin", this.elsewhere);
    this.element.removeEventListener("keydown", this.press);
  }

  get items() {
    return [...this.element.querySelectorAll(".menu__item, .switch__choice")].filter((item) => item.offsetParent && !item.disabled);
  }

  key(event) {
    if (event.key === "Escape" && this.element.open) {
      this.element.open = false;
      this.summary.focus();
      event.stopPropagation();
    }
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    this.element.open = true;
    const items = this.items;
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    items[(to + items.length) % items.length]?.focus();
  }
}
