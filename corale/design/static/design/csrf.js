// The token every change must carry, and a small POST for choices that need no answer.
export function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (field) return field.value;
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}

export function send(url, values, options = {}) {
  const body = values instanceof FormData ? values : new URLSearchParams(values);
  return fetch(url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    credentials: "same-origin",
    ...options,
  });
}

export function prefer(name, value) {
  const url = document.body.dataset.preferencesUrl;
  return url ? send(url, { [name]: value }) : Promise.resolve();
}
