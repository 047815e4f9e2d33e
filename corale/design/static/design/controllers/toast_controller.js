// What has just been done, counted down while it can be taken back; waits while one points at it.
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["left"];
  static values = { seconds: { type: Number, default: 8 } };

  connect() {
    this.left = this.secondsValue;
    const place = document.getElementById("toasts");
    if (place && !place.contains(this.element)) place.append(this.element);
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnect() {
    clearInterval(this.clock);
  }

  tick() {
    if (!this.hasLeftTarget && (this.element.matches(":hover") || this.element.contains(document.activeElement))) return;
    this.left -= 1;
    if (this.hasLeftTarget) this.leftTarget.textContent = Math.max(0, this.left);
    if (this.left <= 0) this.close();
  }

  close() {
    this.element.remove();
  }
}
