// "now", "5 min", "3 h" go on counting while the page stays open; days are left as the page wrote them. One clock for all.
import { Controller } from "../application.js";

const shown = new Set();
setInterval(() => shown.forEach((one) => one.tell()), 30_000);

export default class extends Controller {
  connect() {
    shown.add(this);
  }

  disconnect() {
    shown.delete(this);
  }

  tell() {
    const words = document.body.dataset;
    const minutes = Math.floor((Date.now() - new Date(this.element.dateTime)) / 60_000);
    if (!words.wordsNow || minutes < 0 || minutes >= 24 * 60) return;
    if (minutes < 1) this.element.textContent = words.wordsNow;
    else if (minutes < 60) this.element.textContent = words.wordsMinutes.replace("{n}", minutes);
    else this.element.textContent = words.wordsHours.replace("{n}", Math.floor(minutes / 60));
  }
}
