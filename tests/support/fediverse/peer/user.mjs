// Somebody on one of these servers.
import * as vocab from "@fedify/fedify/vocab";

// Fedify's own are of 4096 bits and take seconds to make.
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

export class User {
  constructor(host, name) {
    Object.assign(this, { host, name, type: "Person", title: name, answers: "yes", knownAs: [], movedTo: null });
    this.followers = new Map();
    this.keys = [];
    this.ready = this.begin();
  }

  async begin() {
    for (const kind of [RSA, { name: "Ed25519" }]) this.keys.push(await crypto.subtle.generateKey(kind, true, ["sign", "verify"]));
    return this;
  }

  get id() {
    return `https://${this.host.name}/users/${this.name}`;
  }

  async document(ctx) {
    const pairs = await ctx.getActorKeyPairs(this.name);
    if (this.isGone) return new vocab.Tombstone({ id: ctx.getActorUri(this.name) });
    return new vocab[this.type]({
      id: ctx.getActorUri(this.name), preferredUsername: this.name, name: this.title, url: ctx.getActorUri(this.name),
      inbox: ctx.getInboxUri(this.name), outbox: ctx.getOutboxUri(this.name), followers: ctx.getFollowersUri(this.name),
      endpoints: new vocab.Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey, assertionMethods: pairs.map((pair) => pair.multikey),
      aliases: this.knownAs.map((each) => new URL(each)), successor: this.movedTo ? new URL(this.movedTo) : null,
    });
  }

  change(given) {
    for (const name of ["type", "title", "answers", "knownAs", "movedTo", "isGone"]) {
      if (name in given) this[name] = given[name];
    }
  }
}
