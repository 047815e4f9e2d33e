// A picture of others is loaded when somebody asks for it, through our own server.
// <figure data-controller="picture" data-picture-src-value="…" data-picture-alt-value="…"><a data-action="picture#show">
import { Controller } from "../design/application.js";

export default class extends Controller {
  static values = { src: String, alt: String };

  show(event) {
    event.preventDefault();
    const image = document.createElement("img");
    image.src = this.srcValue;
    image.alt = this.altValue;
    image.addEventListener("error", () => image.replaceWith(event.target.closest("a") ?? ""), { once: true });
    event.currentTarget.replaceWith(image);
  }
}
