// The one Stimulus application of the page. Rooms register their own controllers on it.
import { Application, Controller } from "./vendor/stimulus.js";

export const application = Application.start();
application.handleError = (error, message) => console.error(message, error);
export { Controller };
