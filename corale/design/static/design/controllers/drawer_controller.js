// Shows and hides a pane on a narrow screen. <a href="#context" data-controller="drawer" data-action="drawer#toggle">: works as a link without scripts.
import { Controller } from "../application.js";

export default class extends Controller {
  toggle(event) {
    const pane = document.getElementById(this.element.hash.slice(1));
    if (!pane) return;
    event.preventDefault();
    const open = pane.toggleAttribute("data-open");
    this.element.setAttribute("aria-expanded", open);
    if (open) pane.focus({ preventScroll: true });
  }
}
