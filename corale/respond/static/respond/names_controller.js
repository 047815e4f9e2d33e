// After an @ the names of colleagues: arrows choose, Enter or Tab writes the name, Escape closes.
// <div data-controller="names" data-names-all-value='["Anna Ferri"]' data-names-label-value="Colleagues"><textarea data-names-target="field">
import { Controller } from "../design/application.js";

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export default class extends Controller {
  static targets = ["field"];
  static values = { all: Array, label: String };

  connect() {
    this.listen = () => this.look();
    this.press = (event) => this.key(event);
    this.fieldTarget.addEventListener("input", this.listen);
    this.fieldTarget.addEventListener("keydown", this.press);
    this.fieldTarget.addEventListener("blur", this.close);
  }

  disconnect() {
    this.fieldTarget.removeEventListener("input", this.listen);
    this.fieldTarget.removeEventListener("keydown", this.press);
    this.fieldTarget.removeEventListener("blur", this.close);
    this.close();
  }

  look() {
    const before = this.fieldTarget.value.slice(0, this.fieldTarget.selectionStart);
    const begun = before.match(/(?:^|\s)@([\p{L}\p{M}'-]*)$/u);
    const names = begun ? this.allValue.filter((name) => plain(name).split(/\s+/).some((word) => word.startsWith(plain(begun[1])))) : [];
    if (!names.length) return this.close();
    this.begun = begun[1];
    this.show(names.slice(0, 8));
  }

  show(names) {
    this.list ??= this.make();
    this.list.replaceChildren(...names.map((name, index) => this.option(name, index)));
    this.select(0);
  }

  make() {
    const list = document.createElement("ul");
    list.className = "names";
    list.id = "names";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.labelValue);
    this.element.append(list);
    this.fieldTarget.setAttribute("aria-controls", list.id);
    return list;
  }

  option(name, index) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `name-${index}`;
    option.textContent = name;
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(name);
    });
    return option;
  }

  select(index) {
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", at === index));
    this.fieldTarget.setAttribute("aria-activedescendant", `name-${index}`);
    this.at = index;
  }

  key(event) {
    if (!this.list) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.list.children.length;
    if (by) this.select((this.at + by + count) % count);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.list.children[this.at].textContent);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(name) {
    const field = this.fieldTarget;
    const end = field.selectionStart;
    field.setRangeText(`${name} `, end - this.begun.length, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close = () => {
    this.list?.remove();
    this.list = null;
    this.fieldTarget.removeAttribute("aria-activedescendant");
    this.fieldTarget.removeAttribute("aria-controls");
  };
}
