// The width of a pane, by mouse or by arrow keys; kept on this screen. <div role="separator" data-controller="resize" data-resize-for-value="list">
import { Controller } from "../application.js";

export default class extends Controller {
  static values = { for: String };

  connect() {
    this.low = Number(this.element.getAttribute("aria-valuemin"));
    this.high = Number(this.element.getAttribute("aria-valuemax"));
    this.element.addEventListener("pointerdown", this.grab);
    this.element.addEventListener("keydown", this.step);
    this.element.addEventListener("dblclick", this.reset);
    const kept = Number(localStorage.getItem(this.place));
    if (kept) this.set(kept);
  }

  disconnect() {
    this.element.removeEventListener("pointerdown", this.grab);
    this.element.removeEventListener("keydown", this.step);
    this.element.removeEventListener("dblclick", this.reset);
  }

  get place() {
    return `width ${this.forValue}`;
  }

  get pane() {
    return document.getElementById(this.forValue);
  }

  set(width) {
    const kept = Math.round(Math.min(this.high, Math.max(this.low, width)));
    document.documentElement.style.setProperty(`--${this.forValue}-width`, `${kept}px`);
    this.element.setAttribute("aria-valuenow", kept);
    return kept;
  }

  grab = (event) => {
    event.preventDefault();
    const from = this.pane.getBoundingClientRect();
    const rtl = getComputedStyle(this.pane).direction === "rtl";
    const move = (moved) => (this.width = this.set(rtl ? from.right - moved.clientX : moved.clientX - from.left));
    const drop = () => {
      this.element.removeEventListener("pointermove", move);
      delete this.element.dataset.moving;
      if (this.width) localStorage.setItem(this.place, this.width);
    };
    this.element.setPointerCapture(event.pointerId);
    this.element.dataset.moving = "";
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", drop, { once: true });
    this.element.addEventListener("pointercancel", drop, { once: true });
  };

  step = (event) => {
    const by = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (!by) return;
    event.preventDefault();
    localStorage.setItem(this.place, this.set(Number(this.element.getAttribute("aria-valuenow")) + by));
  };

  reset = () => {
    localStorage.removeItem(this.place);
    document.documentElement.style.removeProperty(`--${this.forValue}-width`);
  };
}
