// A list one walks through by key: j and k, Enter or o, x selects, Shift+click a range, "* a" all. New rows wait behind a bar.
// <div data-controller="list" data-list-selected-value="{n} selected" data-list-news-value="{n} new">
//   <button data-list-target="news" hidden>  the bar; its own hx-get merges      <ol class="rows"> <li class="row" data-list-target="row" data-id="12">
//     <input type="checkbox" data-list-target="box"> <a class="row__link" data-list-target="link">      <div data-list-target="bar" hidden> … <span data-list-target="said">
// Buttons of the bar are plain submit buttons of a form around the list. `live:inbox` adds to the bar once per conversation, unless the open one.
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["row", "link", "box", "bar", "said", "news", "newsSaid", "all"];
  static values = { selected: String, news: String, topic: { type: String, default: "inbox" } };

  connect() {
    this.fresh = new Set();
    this.press = (event) => this.key(event);
    this.arrived = (event) => this.add(event.detail);
    document.addEventListener("keydown", this.press);
    document.body.addEventListener(`live:${this.topicValue}`, this.arrived);
    this.element.addEventListener("click", this.range);
    this.element.addEventListener("change", this.count);
    this.count();
  }

  disconnect() {
    document.removeEventListener("keydown", this.press);
    document.body.removeEventListener(`live:${this.topicValue}`, this.arrived);
    this.element.removeEventListener("click", this.range);
    this.element.removeEventListener("change", this.count);
  }

  get enabled() {
    return document.body.dataset.keysEnabledValue !== "false";
  }

  get at() {
    const focused = this.rowTargets.findIndex((row) => row.contains(document.activeElement));
    if (focused >= 0) return focused;
    return this.rowTargets.findIndex((row) => row.matches("[aria-current]") || row.querySelector("[aria-current]"));
  }

  key(event) {
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
    if (!this.enabled || field || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const star = this.star;
    this.star = event.key === "*";
    if (star && event.key === "a") return this.selectAll(event);
    const acts = { j: () => this.go(1), k: () => this.go(-1), x: () => this.toggle(), o: () => this.open() };
    if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    }
  }

  go(by) {
    const to = Math.min(this.rowTargets.length - 1, Math.max(0, this.at + by));
    const link = this.rowTargets[to]?.querySelector("a");
    link?.focus({ preventScroll: true });
    this.rowTargets[to]?.scrollIntoView({ block: "nearest" });
    this.dispatch("moved", { detail: { row: this.rowTargets[to] } });
  }

  open() {
    this.rowTargets[this.at]?.querySelector("a")?.click();
  }

  toggle() {
    const box = this.rowTargets[this.at]?.querySelector("[type=checkbox]");
    if (box) this.set(box, !box.checked);
  }

  selectAll(event) {
    event?.preventDefault();
    const all = this.boxTargets.every((box) => box.checked);
    this.boxTargets.forEach((box) => (box.checked = !all));
    this.count();
  }

  clear(event) {
    event?.preventDefault();
    this.boxTargets.forEach((box) => (box.checked = false));
    this.count();
  }

  set(box, checked) {
    box.checked = checked;
    this.last = box;
    this.count();
  }

  range = (event) => {
    const box = event.target.closest("[type=checkbox]");
    if (!box || !this.boxTargets.includes(box)) return;
    if (event.shiftKey && this.last && this.last !== box) {
      const ends = [this.boxTargets.indexOf(this.last), this.boxTargets.indexOf(box)].sort((a, b) => a - b);
      this.boxTargets.slice(ends[0], ends[1] + 1).forEach((one) => (one.checked = box.checked));
    }
    this.last = box;
    this.count();
  };

  count = () => {
    const count = this.boxTargets.filter((box) => box.checked).length;
    if (this.hasBarTarget) this.barTarget.hidden = count === 0;
    if (this.hasSaidTarget) this.saidTarget.textContent = this.selectedValue.replace("{n}", count);
  };

  // Nothing moves under the pointer: what is new is counted, and comes when asked.
  add(detail) {
    if (!this.hasNewsTarget) return;
    const open = this.element.querySelector("[aria-current]")?.closest("[data-id]")?.dataset.id;
    const id = String(detail.conversation ?? (detail.again ? "again" : ""));
    if (!id || id === open || (detail.change && detail.change !== "message")) return;
    this.fresh.add(id);
    this.newsTarget.hidden = false;
    (this.hasNewsSaidTarget ? this.newsSaidTarget : this.newsTarget).textContent = this.newsValue.replace("{n}", this.fresh.size);
  }

  merged() {
    this.fresh.clear();
    if (this.hasNewsTarget) this.newsTarget.hidden = true;
  }
}
