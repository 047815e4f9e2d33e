// The frame's own moves: fold the menu on a wide screen, open and close drawers on a narrow one.
import { Controller } from "../application.js";
import { prefer } from "../csrf.js";

export default class extends Controller {
  connect() {
    this.tellFold();
    this.escape = (event) => event.key === "Escape" && this.closeAll(event);
    this.beside = (event) => event.target.closest?.("[data-open]") || event.target.closest?.("[href^='#']") || this.closeAll();
    this.away = (event) => {
      const place = event.target.closest?.("[data-back]");
      if (place && history.length > 1 && document.referrer.startsWith(location.origin)) {
        event.preventDefault();
        history.back();
      }
    };
    document.addEventListener("keydown", this.escape);
    document.getElementById("panes")?.addEventListener("click", this.beside);
    document.addEventListener("click", this.away);
  }

  disconnect() {
    document.removeEventListener("keydown", this.escape);
    document.getElementById("panes")?.removeEventListener("click", this.beside);
    document.removeEventListener("click", this.away);
  }

  fold(event) {
    if (matchMedia("(max-width: 1319.98px)").matches) {
      const open = document.getElementById("navigation").toggleAttribute("data-open");
      event.currentTarget.setAttribute("aria-expanded", open);
      return;
    }
    const narrow = this.element.dataset.navigation !== "narrow";
    this.element.dataset.navigation = narrow ? "narrow" : "wide";
    event.currentTarget.setAttribute("aria-expanded", !narrow);
    prefer("navigation", this.element.dataset.navigation);
  }

  tellFold() {
    const wide = this.element.dataset.navigation !== "narrow" && matchMedia("(min-width: 1320px)").matches;
    document.querySelector(".navigation__fold")?.setAttribute("aria-expanded", wide);
  }

  open(event) {
    event.preventDefault();
    const drawer = document.getElementById("navigation");
    this.returnTo = event.currentTarget;
    drawer.toggleAttribute("data-open", true);
    drawer.focus({ preventScroll: true });
  }

  close(event) {
    event.preventDefault();
    this.closeAll();
  }

  closeContext(event) {
    event.preventDefault();
    this.closeAll();
  }

  closeAll() {
    const open = document.querySelectorAll("#navigation[data-open], #context[data-open]");
    open.forEach((pane) => pane.removeAttribute("data-open"));
    document.querySelectorAll("[aria-expanded=true][href='#context']").forEach((link) => link.setAttribute("aria-expanded", "false"));
    if (["#navigation", "#context"].includes(location.hash)) history.replaceState(history.state, "", location.pathname + location.search);
    this.tellFold();
    if (open.length) this.returnTo?.focus?.();
  }
}
