// A conversation of this list changed somewhere: its row is written again where it stands; no row moves.
// A verb by its key, with nothing selected, means the row that has the focus.
// <div data-controller="rows" data-rows-url-value="/desk/c/0/row/?…"> around rows with data-id.
import { Controller } from "../design/application.js";

const WAIT = 300;

export default class extends Controller {
  static values = { url: String };

  connect() {
    this.waiting = new Map();
    this.hear = (event) => this.later(String(event.detail.conversation ?? ""));
    document.body.addEventListener("live:inbox", this.hear);
    this.submit = (event) => event.target.matches(".inbox__rows") && this.means(event);
    this.element.addEventListener("submit", this.submit);
  }

  disconnect() {
    document.body.removeEventListener("live:inbox", this.hear);
    this.element.removeEventListener("submit", this.submit);
    this.waiting.forEach((timer) => clearTimeout(timer));
  }

  means(event) {
    if (event.target.querySelector("[name=ids]:checked")) return;
    const box = document.activeElement?.closest(".row")?.querySelector("[name=ids]");
    if (box) box.checked = true;
    else event.preventDefault();
  }

  later(id) {
    if (!/^\d+$/.test(id) || this.waiting.has(id) || !this.row(id)) return;
    this.waiting.set(id, setTimeout(() => this.again(id), WAIT));
  }

  row(id) {
    return this.element.querySelector(`.row[data-id="${id}"]`);
  }

  async again(id) {
    this.waiting.delete(id);
    const answer = await fetch(this.urlValue.replace("/0/", `/${id}/`), { headers: { "HX-Request": "true" } }).catch(() => null);
    const row = this.row(id);
    if (!answer?.ok || !row) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const fresh = made.content.querySelector(".row");
    const box = row.querySelector("[type=checkbox]");
    const focused = row.contains(document.activeElement);
    if (!fresh) return;
    fresh.querySelector("[type=checkbox]").checked = box?.checked ?? false;
    row.replaceWith(fresh);
    if (focused) fresh.querySelector("a")?.focus({ preventScroll: true });
  }
}
