// Starts a PostgreSQL in a process of its own, as safe as it is by default, tells whoever forked it how it is reached, and
// ends with it. Settings of PostgreSQL come as JSON.
import { needPostgres, startPostgres } from './postgres.js'

needPostgres()
const { stop, url, folder } = await startPostgres({ settings: JSON.parse(process.argv[2] ?? '{}') })
process.once('disconnect', () => stop().then(() => process.exit()))
process.send?.({ url, folder })
