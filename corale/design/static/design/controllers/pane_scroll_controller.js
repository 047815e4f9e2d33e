// Back brings a pane to where it was: each pane's position is kept for the address it was seen at, as long as this tab lives.
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["pane"];

  paneTargetConnected(pane) {
    const kept = sessionStorage.getItem(this.key(pane));
    if (kept && !location.hash && this.returning()) pane.scrollTop = Number(kept);
    pane.addEventListener("scroll", this.keep, { passive: true });
  }

  paneTargetDisconnected(pane) {
    pane.removeEventListener("scroll", this.keep);
  }

  keep = (event) => {
    clearTimeout(this.timer);
    const pane = event.currentTarget;
    this.timer = setTimeout(() => sessionStorage.setItem(this.key(pane), Math.round(pane.scrollTop)), 100);
  };

  // The list of a conversation's page is the same list: its own key may say so (data-scroll-key).
  key(pane) {
    return `scroll ${pane.id} ${pane.firstElementChild?.dataset.scrollKey ?? location.pathname + location.search}`;
  }

  returning() {
    const entry = performance.getEntriesByType("navigation")[0];
    return entry?.type !== "navigate" || document.getElementById("list")?.firstElementChild?.dataset.scrollKey;
  }
}
