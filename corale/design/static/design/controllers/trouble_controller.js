// When a request of the page fails, it is said, nothing is thrown away, and it can be tried again.
// What a form refused is looked for and shown, wherever on the page it stands.
// <template data-trouble-target="words"> holds the notice, with data-trouble-again on its button.
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["words"];

  connect() {
    requestAnimationFrame(() => this.show(document.querySelector("form .field__error")));
    this.failed = (event) => this.tell(event.detail);
    ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.addEventListener(name, this.failed));
  }

  disconnect() {
    ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.body.removeEventListener(name, this.failed));
  }

  show(refused) {
    if (!refused) return;
    const field = refused.closest(".field, fieldset")?.querySelector("[aria-invalid=true], input:not([type=hidden]), textarea, select");
    field?.focus({ preventScroll: true });
    refused.scrollIntoView({ block: "center" });
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
