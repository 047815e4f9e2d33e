// Behaviours of the desk; the head of each says what it does.
import { application } from "../design/application.js";
import Composer from "./composer_controller.js";
import Names from "./names_controller.js";
import Picture from "./picture_controller.js";
import Presence from "./presence_controller.js";
import Rows from "./rows_controller.js";
import Thread from "./thread_controller.js";

application.register("composer", Composer);
application.register("names", Names);
application.register("picture", Picture);
application.register("presence", Presence);
application.register("rows", Rows);
application.register("thread", Thread);

// A menu that was opened by its key takes the focus, so that arrows and Escape reach it.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (menu.matches?.("details.menu[open]") && !menu.contains(document.activeElement)) menu.querySelector("summary").focus();
}, true);
