// When a request of the page fails, it is said, nothing is thrown away, and it can be tried again.
// <template data-trouble-target="words"> holds the notice, with data-trouble-again on its button.
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["words"];

  connect() {
    this.failed = (event) => this.tell(event.detail);
    ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, this.failed));
  }

  disconnect() {
    ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.removeEventListener(name, this.failed));
  }

  tell({ elt, requestConfig }) {
    if (document.querySelector("#toasts [data-trouble]") || !this.hasWordsTarget) return;
    const notice = this.wordsTarget.content.firstElementChild.cloneNode(true);
    const again = notice.querySelector("[data-trouble-again]");
    again?.addEventListener("click", () => {
      notice.remove();
      const trigger = requestConfig?.triggeringEvent?.type;
      if (elt?.matches("form")) elt.requestSubmit();
      else if (elt && trigger) window.htmx.trigger(elt, trigger);
      else location.reload();
    });
    document.getElementById("toasts").append(notice);
  }
}
