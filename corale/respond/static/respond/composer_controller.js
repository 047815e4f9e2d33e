// Answer or note: turning to one puts the pen into it. Escape lays the pen down. A picture is sent up as soon as it is chosen.
import { Controller } from "../design/application.js";

export default class extends Controller {
  static targets = ["answer", "note", "audience"];

  connect() {
    this.press = (event) => event.key === "Escape" && event.target.matches("textarea") && !event.defaultPrevented && event.target.blur();
    this.element.addEventListener("keydown", this.press);
    const stopped = this.element.querySelector(".guard, .notice");
    if (stopped) requestAnimationFrame(() => stopped.scrollIntoView({ block: "start" }));
    else if (location.hash === "#composer") this.write(this.kind());
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.press);
  }

  kind() {
    return this.element.querySelector("[name=kind]:checked")?.value ?? "answer";
  }

  // A click that comes from the keyboard of the tabs themselves must leave the focus there.
  turn(event) {
    if (event.detail === 0 && document.activeElement === event.target) return;
    this.write(event.target.value); // at once, so that what is typed next is written and not taken for keys
    if (event.detail) requestAnimationFrame(() => this.write(event.target.value)); // a mouse focuses the tab after this
  }

  write(kind) {
    const field = kind === "note" ? this.noteTarget : this.hasAnswerTarget && this.answerTarget;
    if (!field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  // What is for one person looks so before it is sent.
  audience() {
    this.element.closest(".composer")?.classList.toggle("composer--direct", this.audienceTarget.value === "direct");
  }

  upload(event) {
    const form = event.target.form;
    if (!event.target.files.length || !form) return;
    const field = event.target;
    document.body.addEventListener("htmx:afterSettle", () => {
      field.value = "";
      this.element.querySelector("#pictures li:last-child textarea")?.focus();
    }, { once: true });
    form.requestSubmit();
  }
}
