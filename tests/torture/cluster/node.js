// A server of a cluster, started by `startNode` with one argument: what it is to be, as JSON. It ends when told by a signal.
import { createApp } from '../../../apps/server/dist/app.js'

// Whatever becomes of the process that started it, it does not outlive that.
process.on('disconnect', () => process.exit())

const { lockLifetime, ...config } = JSON.parse(process.argv[2] ?? '{}')
const app = await createApp(
  {
    host: '127.0.0.1',
    // Nothing is opened in a browser here.
    clients: [{ name: 'none', url: 'http://127.0.0.1:9/discovery', profile: 'generic' }],
    trustedProxies: [],
    officePort: 0,
    keepVersions: 5,
    tokenLifetime: 24 * 60 * 60_000,
    ...config,
  },
  ({ level, ...event }) => {
    if (level === 'warn' || level === 'error') console.error(JSON.stringify(event))
  },
  { lockLifetime },
)
await app.listen()
process.send?.('listening')
