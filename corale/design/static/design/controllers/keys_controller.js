// Single letters and sequences ("g i"), only when no field has the focus; they can be switched off. `?` lists them, Ctrl/Cmd+K opens the palette.
// Anything with data-key="e" is clicked (a field: focused) by its key; it may have several: data-key="Enter|o". Its name for the list is
// data-key-name, its label, its title or its text. "Shift+e" is written so; other characters stand for themselves ("!", "/").
import { Controller } from "../application.js";
import { prefer } from "../csrf.js";

const WAIT = 900;

export default class extends Controller {
  static values = { enabled: { type: Boolean, default: true } };

  connect() {
    this.pressed = [];
    this.press = (event) => this.key(event);
    this.list = (event) => event.target.id === "keys" && this.fill();
    document.addEventListener("keydown", this.press);
    document.addEventListener("opened", this.list, true);
    this.fill();
  }

  disconnect() {
    document.removeEventListener("keydown", this.press);
    document.removeEventListener("opened", this.list, true);
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return this.openDialog(event, "palette");
    if (!this.enabledValue || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (this.writing(event.target) || document.querySelector("dialog[open]")) return;
    const name = this.nameOf(event);
    if (!name) return;
    this.pressed = [...this.pressed.slice(-1), name];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.pressed = []), WAIT);
    const two = this.pressed.join(" ");
    const found = this.begun(this.pressed.length > 1 ? this.pressed[0] : "") ? this.find(two) : this.find(name);
    if (found) {
      event.preventDefault();
      this.pressed = [];
      this.act(found);
    } else if (name === "?") {
      this.openDialog(event, "keys");
    }
  }

  nameOf(event) {
    if (["Shift", "Control", "Meta", "Alt", "Dead", "Unidentified"].includes(event.key)) return "";
    const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
    return event.shiftKey && (letter || event.key.length > 1) ? `Shift+${letter ? event.key.toLowerCase() : event.key}` : event.key;
  }

  writing(element) {
    const field = element.closest?.("input, textarea, select, [contenteditable=true]");
    return Boolean(field) && !["checkbox", "radio", "button", "submit"].includes(field.type);
  }

  // After "g" (or "*", which is the list's) the next letter belongs to the sequence, and never means itself.
  begun(first) {
    return first === "*" || (first && [...document.querySelectorAll("[data-key]")].some((element) => element.dataset.key.startsWith(`${first} `)));
  }

  find(name) {
    const all = [...document.querySelectorAll("[data-key]")].filter((element) => element.dataset.key.split("|").includes(name));
    return all.find((element) => element.checkVisibility()) ?? all.find((element) => element.matches("a, button"));
  }

  act(element) {
    if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
    else element.click();
  }

  openDialog(event, id) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    event.preventDefault();
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened"));
  }

  fill() {
    document.querySelectorAll("[data-keys-when]").forEach((list) => (list.hidden = !document.querySelector(list.dataset.keysWhen)));
    const named = new Map();
    document.querySelectorAll("[data-key]").forEach((element) => {
      const name = element.dataset.keyName || element.getAttribute("aria-label") || element.title || element.innerText?.trim() || element.placeholder || "";
      if (name && !named.has(element.dataset.key)) named.set(element.dataset.key, name.split("\n")[0]);
    });
    document.querySelectorAll("[data-keys-list]").forEach((list) => list.replaceChildren(...[...named].flatMap(([key, name]) => this.line(key, name))));
  }

  line(keys, name) {
    const term = document.createElement("dt");
    keys.split("|")[0].split(/[ ]/).forEach((part) => {
      const key = document.createElement("kbd");
      key.className = "key";
      key.textContent = part.length === 1 || part.includes("+") ? part : part.replace("Enter", "↵");
      term.append(key, " ");
    });
    const description = document.createElement("dd");
    description.textContent = name;
    return [term, description];
  }

  choose(event) {
    event.preventDefault();
    const on = event.submitter?.value !== "off";
    this.enabledValue = on;
    event.currentTarget.querySelectorAll("[name=keys]").forEach((choice) => choice.setAttribute("aria-pressed", (choice.value === "on") === on));
    prefer("keys", on ? "on" : "off");
  }
}
