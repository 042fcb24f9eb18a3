// Saves more to a folder than fits, then less, and says what became of it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { folderStorage } from '@openwopi/storage-folder'

const [folder] = process.argv.slice(2)
const change = { by: { id: 'ann', name: 'Ann' } }

async function* chunks(count) {
  for (let index = 0; index < count; index++) yield Buffer.alloc(65_536, index)
}

async function textOf(content) {
  const all = []
  for await (const chunk of content) all.push(chunk)
  return Buffer.concat(all).toString()
}

const codeOf = (promise) =>
  promise.then(
    () => 'saved',
    ({ code }) => code,
  )

const { storage, streams, uploads, byPath, close } = await folderStorage({ folder })
const file = await byPath('a.txt')
const carries = { properties: [], streams: [{ id: 'beside', content: chunks(64) }] }
const { token } = await uploads.begin({ fileId: file.id, userId: 'ann' })
const result = {
  write: await codeOf(storage.write(file, chunks(64), change)),
  create: await codeOf(storage.create('root', ['b.txt'], chunks(64), change)),
  beside: await codeOf(storage.write(file, chunks(1), { ...change, carries })),
  carried: (await streams.of(file)).streams,
  upload: await codeOf(uploads.add(token, 0, chunks(64))),
  uploaded: (await uploads.find(token)).size,
  left: ['incoming', 'streams'].flatMap((name) => readdirSync(join(folder, '.openwopi', name))),
  version: (await storage.find(file.id)).version === file.version,
  text: await textOf(await storage.read(file)),
  smallUpload: (await uploads.add(token, 0, chunks(1))).size,
  small: (await storage.write(file, chunks(1), change)).size,
}
await close()
process.stdout.write(JSON.stringify(result))
