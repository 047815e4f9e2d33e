// What the tests may ask of a peer, as JSON on /_/ :
//   GET  /_/log?host=                        {activities, requests, errors} since it began
//   POST /_/user   {host, name, …}           somebody is there, or is otherwise now
//   POST /_/show   {host, path, document}    an address answers with this document (null: it is gone)
//   POST /_/send   {host, name, to, activity}        Fedify says it, in its own spelling, with its own two knocks
//   POST /_/post   {host, name, inbox, body, scheme} exactly these bytes, signed once with this scheme
//   POST /_/look   {host, name, id}          what a signed GET answers: {status, document}
import { signRequest } from "@fedify/fedify/sig";
import * as vocab from "@fedify/fedify/vocab";

const json = (data, status = 200) => new Response(JSON.stringify(data), {
  status, headers: { "content-type": "application/json" },
});

export async function control(hosts, url, request) {
  const what = url.pathname.slice("/_/".length);
  if (what === "log") {
    const { log, requests, errors } = hosts.get(url.searchParams.get("host"));
    return json({ activities: log, requests, errors });
  }
  const asked = await request.json();
  const host = hosts.get(asked.host);
  const user = asked.name ? await host.user(asked.name) : null;
  return json(await verbs[what](host, user, asked));
}

const verbs = {
  async user(host, user, asked) {
    user.change(asked);
    const document = await user.document(host.context);
    return { id: user.id, document: await document.toJsonLd({ format: "compact" }) };
  },

  async show(host, _user, { path, document }) {
    host.objects.set(path, document);
    return { id: `https://${host.name}${path}` };
  },

  async send(host, user, { to, activity }) {
    const said = await vocab.Activity.fromJsonLd(activity, host.context);
    const whom = await Promise.all(to.map((each) => host.context.lookupObject(each)));
    if (whom.includes(null)) throw new Error(`nobody at ${to}`);
    await host.context.sendActivity({ identifier: user.name }, whom, said, { immediate: true, preferSharedInbox: true });
    return { id: said.id?.href };
  },

  async post(host, user, { inbox, body, scheme, headers = {} }) {
    const key = new URL(`${user.id}#main-key`);
    const bare = new Request(inbox, { method: "POST", body, headers: { "content-type": "application/activity+json", ...headers } });
    const spec = scheme === "rfc9421" ? scheme : "draft-cavage-http-signatures-12";
    const answer = await fetch(scheme === "none" ? bare : await signRequest(bare, user.keys[0].privateKey, key, { spec }));
    return { status: answer.status, body: await answer.text() };
  },

  async look(_host, user, { id, scheme = "cavage", accept = "application/activity+json" }) {
    const key = new URL(`${user.id}#main-key`);
    const spec = scheme === "rfc9421" ? scheme : "draft-cavage-http-signatures-12";
    const bare = new Request(id, { headers: { accept } });
    const answer = await fetch(await signRequest(bare, user.keys[0].privateKey, key, { spec }), { redirect: "manual" });
    const text = await answer.text();
    let document = null;
    try { document = JSON.parse(text); } catch { /* a page */ }
    return { status: answer.status, document, text: document ? "" : text };
  },
};
