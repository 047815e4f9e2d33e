// Peers on the fediverse, built on Fedify (npm), told from outside what to say and asked what they heard. Node 22 or newer.
//   PORT=18030 HOSTS=fedify.test=rfc9421,knock.test=draft-cavage-http-signatures-12 node server.mjs
// Each host is a server of its own; `rfc9421` or `draft-cavage-http-signatures-12` is the signature it tries first, and
// `+secure` behind it makes one that answers nobody whose request is not signed. Control, on the same port: see control.mjs.
import { serve } from "@hono/node-server";
import { control } from "./control.mjs";
import { Host } from "./host.mjs";

const port = Number(process.env.PORT || 18030);
const hosts = new Map();
for (const each of (process.env.HOSTS || "fedify.test=rfc9421").split(",")) {
  const [name, how] = each.split("=");
  const [firstKnock, secure] = how.split("+");
  hosts.set(name, new Host(name, { firstKnock, isSecure: secure === "secure" }));
}

async function answer(request) {
  const url = new URL(request.url);
  if (url.pathname.startsWith("/_/")) {
    try {
      return await control(hosts, url, request);
    } catch (error) {
      return new Response(String(error.stack || error), { status: 500 });
    }
  }
  const host = hosts.get(request.headers.get("host"));
  return host ? await host.answer(url, request) : new Response("nobody of that name", { status: 404 });
}

serve({ port, hostname: "127.0.0.1", fetch: answer }, () => console.log(JSON.stringify({ ready: port })));
