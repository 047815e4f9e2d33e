// Ctrl/Cmd+K: everything that can be done here, by its name. Commands are whatever has data-command on the page, then the menu; what
// begins with the typed words comes first, and of two such the shorter ("clo" is Close before Closed).
// after two letters the server's search adds what it finds. Arrows choose, Enter does.
import { Controller } from "../application.js";

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

export default class extends Controller {
  static targets = ["input", "list"];
  static values = { search: String, nothing: String };

  connect() {
    this.start = () => this.open();
    this.beside = (event) => event.target === this.element && this.element.close();
    this.element.addEventListener("opened", this.start);
    this.element.addEventListener("click", this.beside);
    this.listTarget.addEventListener("click", this.click);
  }

  disconnect() {
    this.element.removeEventListener("opened", this.start);
    this.element.removeEventListener("click", this.beside);
    this.listTarget.removeEventListener("click", this.click);
  }

  open() {
    const all = [...document.querySelectorAll("[data-command]")].filter((element) => !this.element.contains(element));
    this.commands = [...all.filter((element) => !element.closest("#menu")), ...all.filter((element) => element.closest("#menu"))];
    this.inputTarget.value = "";
    this.filter();
  }

  filter() {
    const typed = plain(this.inputTarget.value.trim());
    const words = typed.split(/\s+/).filter(Boolean);
    const fitting = this.commands.filter((element) => words.every((word) => plain(element.dataset.command).includes(word)));
    if (typed) fitting.sort((one, other) => this.place(one, typed) - this.place(other, typed));
    this.listTarget.replaceChildren(...fitting.slice(0, 40).map((element, index) => this.item(element, index)));
    this.select(0);
    this.ask();
  }

  place(element, typed) {
    const name = plain(element.dataset.command);
    const begins = name.startsWith(typed) ? 0 : name.includes(` ${typed}`) ? 1000 : 2000;
    return begins + name.length;
  }

  item(element, index) {
    const item = document.createElement("li");
    item.className = "palette__item";
    item.setAttribute("role", "option");
    item.id = `palette-${index}`;
    const icon = element.querySelector(".icon")?.cloneNode(true);
    if (icon) item.append(icon);
    item.append(element.dataset.command);
    if (element.dataset.key) {
      const key = document.createElement("kbd");
      key.className = "key";
      key.textContent = element.dataset.key.split("|")[0];
      item.append(key);
    }
    item.command = element;
    return item;
  }

  ask() {
    clearTimeout(this.timer);
    const words = this.inputTarget.value.trim();
    if (!this.searchValue || words.length < 2) return this.say();
    this.timer = setTimeout(async () => {
      const answer = await fetch(`${this.searchValue}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer?.ok || words !== this.inputTarget.value.trim()) return this.say();
      const found = document.createElement("template");
      found.innerHTML = await answer.text();
      this.listTarget.querySelectorAll("[data-found]").forEach((item) => item.remove());
      [...found.content.children].forEach((item, index) => {
        item.dataset.found = "";
        item.id = `palette-found-${index}`;
        this.listTarget.append(item);
      });
      if (!this.chosen) this.select(0);
      this.say();
    }, 150);
  }

  say() {
    this.listTarget.querySelector(".palette__nothing")?.remove();
    if (this.items.length) return;
    const nothing = document.createElement("li");
    nothing.className = "palette__nothing";
    nothing.setAttribute("role", "presentation");
    nothing.textContent = this.nothingValue;
    this.listTarget.append(nothing);
  }

  get items() {
    return [...this.listTarget.querySelectorAll("[role=option]")];
  }

  get chosen() {
    return this.listTarget.querySelector("[aria-selected=true]");
  }

  select(index) {
    const items = this.items;
    items.forEach((item, at) => item.setAttribute("aria-selected", at === index));
    items[index]?.scrollIntoView({ block: "nearest" });
    if (items[index]) this.inputTarget.setAttribute("aria-activedescendant", items[index].id);
    else this.inputTarget.removeAttribute("aria-activedescendant");
  }

  move(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const count = this.items.length;
    if (count) this.select((this.items.indexOf(this.chosen) + by + count) % count);
  }

  click = (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault();
    this.run(item);
  };

  choose(event) {
    event.preventDefault();
    if (this.chosen) this.run(this.chosen);
  }

  // What was said meanwhile may have put a new button in the place of the one that was listed.
  present(command) {
    if (command.isConnected) return command;
    const same = (element) => element.dataset.command === command.dataset.command && !this.element.contains(element);
    return [...document.querySelectorAll("[data-command]")].find(same);
  }

  run(item) {
    this.element.close();
    const target = item.command ? this.present(item.command) : item.querySelector("a");
    if (target?.matches("input, textarea, select")) target.focus();
    else target?.click();
  }
}
