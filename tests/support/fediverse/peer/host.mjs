// One server with people on it. It keeps what arrived, and the objects it was told to show.
import { createFederation, InProcessMessageQueue, MemoryKvStore } from "@fedify/fedify";
import { Accept, Activity, Follow, Note, Reject, Undo } from "@fedify/fedify/vocab";
import { User } from "./user.mjs";

export class Host {
  constructor(name, { firstKnock, isSecure }) {
    Object.assign(this, { name, firstKnock, isSecure });
    this.users = new Map();
    this.objects = new Map(); // path → a document, or null for what is gone
    this.log = []; // activities that were believed
    this.bodies = new Map(); // their id → as they were written
    this.requests = []; // everything that was asked, believed or not
    this.errors = [];
    this.federation = this.made();
  }

  get base() {
    return new Request(`https://${this.name}/`);
  }

  get context() {
    return this.federation.createContext(this.base, undefined);
  }

  async user(name) {
    if (!this.users.has(name)) this.users.set(name, new User(this, name));
    return await this.users.get(name).ready;
  }

  made() {
    const federation = createFederation({
      kv: new MemoryKvStore(), queue: { outbox: new InProcessMessageQueue() }, allowPrivateAddress: true,
      firstKnock: this.firstKnock, circuitBreaker: false,
    });
    const here = (_ctx, name) => this.users.get(name) ?? null;
    const actor = federation
      .setActorDispatcher("/users/{identifier}", async (ctx, name) => here(ctx, name)?.document(ctx) ?? null)
      .setKeyPairsDispatcher(async (ctx, name) => here(ctx, name)?.keys ?? []);
    if (this.isSecure) actor.authorize(async (ctx) => (await ctx.getSignedKey()) !== null);
    federation.setFollowersDispatcher("/users/{identifier}/followers", async (ctx, name) => ({
      items: [...(here(ctx, name)?.followers.values() ?? [])],
    }));
    federation.setOutboxDispatcher("/users/{identifier}/outbox", async () => ({ items: [] }));
    federation.setNodeInfoDispatcher("/nodeinfo/2.1", async () => ({
      software: { name: "fedify-peer", version: "0.0.1" }, protocols: ["activitypub"],
      usage: { users: {}, localPosts: 0, localComments: 0 },
    }));
    this.listen(federation);
    return federation;
  }

  listen(federation) {
    const inbox = federation.setInboxListeners("/users/{identifier}/inbox", "/inbox");
    inbox.setSharedKeyDispatcher(() => ({ identifier: [...this.users.keys()][0] }));
    inbox.on(Follow, async (ctx, follow) => {
      await this.heard(follow);
      const user = this.users.get(ctx.parseUri(follow.objectId)?.identifier);
      if (!user || user.answers === "nothing") return;
      const who = await follow.getActor(ctx);
      const answer = user.answers === "no" ? Reject : Accept;
      if (answer === Accept) user.followers.set(who.id.href, who);
      await ctx.sendActivity({ identifier: user.name }, who, new answer({
        id: new URL(`#${answer.name}/${crypto.randomUUID()}`, ctx.getActorUri(user.name)),
        actor: ctx.getActorUri(user.name), object: follow,
      }));
    });
    inbox.on(Activity, async (_ctx, activity) => await this.heard(activity));
    inbox.onError((_ctx, error) => { this.errors.push(String(error.stack || error)); });
  }

  async heard(activity) {
    this.log.push({
      type: activity.constructor.name, id: activity.id?.href, actor: activity.actorId?.href,
      object: activity.objectId?.href, json: this.bodies.get(activity.id?.href) ?? null,
    });
  }

  async answer(url, request) {
    const body = ["GET", "HEAD"].includes(request.method) ? undefined : await request.arrayBuffer();
    const seen = { method: request.method, path: url.pathname, scheme: schemeOf(request.headers) };
    this.requests.push(seen);
    if (seen.scheme) Object.assign(seen, this.written(url, request, body));
    if (body) this.remember(body);
    const asked = new Request(`https://${this.name}${url.pathname}${url.search}`, {
      method: request.method, headers: request.headers, body,
    });
    const given = this.objects.has(url.pathname) && request.method === "GET"
      ? await this.shown(url.pathname, asked) : await this.federation.fetch(asked, { contextData: undefined });
    seen.status = given.status;
    return given;
  }

  // A signed request as it came, for those who judge signatures.
  written(url, request, body) {
    return {
      url: `https://${this.name}${url.pathname}${url.search}`, headers: Object.fromEntries(request.headers),
      body: body ? new TextDecoder().decode(body) : "",
    };
  }

  remember(body) {
    try {
      const said = JSON.parse(new TextDecoder().decode(body));
      this.bodies.set(said.id, said);
    } catch { /* Fedify will say that this is nothing */ }
  }

  async shown(path, asked) {
    if (this.isSecure && schemeOf(asked.headers) === "") return new Response("sign it", { status: 401 });
    const document = this.objects.get(path);
    const headers = { "content-type": "application/activity+json" };
    return document === null ? new Response("gone", { status: 410 }) : new Response(JSON.stringify(document), { headers });
  }
}

function schemeOf(headers) {
  if (headers.has("signature-input")) return "rfc9421";
  return headers.has("signature") ? "cavage" : "";
}
