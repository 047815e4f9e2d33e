// Deleting asks for a typed word: the button is free only when it stands there.
// <form data-controller="confirm-word" data-confirm-word-word-value="Molino"> <input data-confirm-word-target="input"> <button data-confirm-word-target="button">
import { Controller } from "../application.js";

export default class extends Controller {
  static targets = ["input", "button"];
  static values = { word: String };

  connect() {
    this.check = () => (this.buttonTarget.disabled = !this.same());
    this.inputTarget.addEventListener("input", this.check);
    this.check();
  }

  disconnect() {
    this.inputTarget.removeEventListener("input", this.check);
  }

  same() {
    const plain = (text) => text.trim().toLocaleLowerCase();
    return plain(this.inputTarget.value) === plain(this.wordValue);
  }
}
