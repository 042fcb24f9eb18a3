import { toNodeListener } from '@openwopi/host/node'
import { folderBlobs } from '@openwopi/storage-sql'
import { openSqlHost } from '../editing.ts'
import { fileId } from '../generated-files.ts'
import { options, serve } from './serve.ts'

// A node whose files lie in a database that others may use as well, with the addresses of its first files.
const { database, blobs, files } = options

const { host, addressOf } = await openSqlHost({ database, blobs: folderBlobs({ folder: blobs }), keepVersions: 2 })
const ids = Array.from({ length: files }, (_, index) => fileId(index + 1))
await serve(toNodeListener(host), { addresses: Object.fromEntries(ids.map((id, index) => [index + 1, addressOf(id)])) })
