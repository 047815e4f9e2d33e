// The AT Protocol's own servers on loopback: directory, personal data server, app view, moderation.
// Environment: AT_DIR (where install.sh put them), PORT_BASE; PG_URL and REDIS_HOST, or NO_APPVIEW=1; RATE_LIMITS=1.
// Prints one line of JSON when everything answers.
import { pathToFileURL } from 'node:url'
import path from 'node:path'

const base = Number(process.env.PORT_BASE)
const { TestNetwork, TestNetworkNoAppView } = await import(
  pathToFileURL(path.join(process.env.AT_DIR, 'node_modules/@atproto/dev-env/dist/index.js')).href)
const plc = { port: base }
const pds = { port: base + 1, hostname: 'localhost', enableDidDocWithSession: true,
  rateLimitsEnabled: process.env.RATE_LIMITS === '1' }
const network = process.env.NO_APPVIEW === '1'
  ? await TestNetworkNoAppView.create({ plc, pds })
  : await TestNetwork.create({
    dbPostgresUrl: process.env.PG_URL, dbPostgresSchema: 'corale', plc, pds,
    bsky: { port: base + 2, publicUrl: `http://localhost:${base + 2}` },
    ozone: { port: base + 3 }, introspect: { port: base + 4 },
  })
console.log(JSON.stringify({ plc: network.plc.url, pds: network.pds.url, appview: network.bsky?.url ?? '' }))

const stop = async () => { try { await network.close() } finally { process.exit(0) } }
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
