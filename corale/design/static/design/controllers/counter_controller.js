// Counts what is written as the channel counts it: graphemes (what a reader calls a letter), against a limit.
// <div data-controller="counter" data-counter-limit-value="300" data-counter-over-value="{n} too long; it will be split into {parts}">
//   <textarea data-counter-target="words"> <output data-counter-target="left"> <progress data-counter-target="bar"> <p data-counter-target="over" hidden>
// data-counter-unit-value: graphemes (default), characters, bytes. "counter:counted" tells count, limit and whether it is over.
import { Controller } from "../application.js";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const COUNT = {
  graphemes: (text) => { let n = 0; for (const _ of graphemes.segment(text)) n += 1; return n; },
  characters: (text) => [...text].length,
  bytes: (text) => new TextEncoder().encode(text).length,
};

export default class extends Controller {
  static targets = ["words", "left", "bar", "over", "signature"];
  static values = { limit: Number, unit: { type: String, default: "graphemes" }, over: String };

  connect() {
    this.listen = () => this.count();
    this.wordsTarget.addEventListener("input", this.listen);
    this.count();
  }

  disconnect() {
    this.wordsTarget.removeEventListener("input", this.listen);
  }

  limitValueChanged() {
    if (this.hasWordsTarget) this.count();
  }

  // The line that is put under the words counts, too, while its box is ticked (or when it has none).
  signature() {
    return this.hasSignatureTarget && this.signatureTarget.checked !== false ? `\n${this.signatureTarget.dataset.words}` : "";
  }

  count() {
    const count = COUNT[this.unitValue](this.wordsTarget.value.trim() + this.signature());
    const left = this.limitValue - count;
    const over = this.limitValue > 0 && left < 0;
    this.element.querySelectorAll(".counter").forEach((counter) => {
      counter.dataset.state = over ? "over" : this.limitValue && left <= this.limitValue / 10 ? "near" : "calm";
    });
    if (this.hasLeftTarget) this.leftTarget.textContent = this.limitValue ? left : count;
    if (this.hasBarTarget && this.limitValue) {
      this.barTarget.max = this.limitValue;
      this.barTarget.value = Math.min(count, this.limitValue);
    }
    if (this.hasOverTarget) {
      this.overTarget.hidden = !over;
      if (over && this.overValue) this.overTarget.textContent = this.overValue.replace("{n}", -left);
    }
    this.dispatch("counted", { detail: { count, limit: this.limitValue, over } });
  }
}
