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

const { storage, byPath, close } = await folderStorage({ folder })
const file = await byPath('a.txt')
const result = {
  write: await codeOf(storage.write(file, chunks(64), change)),
  create: await codeOf(storage.create('root', ['b.txt'], chunks(64), change)),
  left: readdirSync(join(folder, '.openwopi/incoming')),
  version: (await storage.find(file.id)).version === file.version,
  text: await textOf(await storage.read(file)),
  small: (await storage.write(file, chunks(1), change)).size,
}
await close()
process.stdout.write(JSON.stringify(result))
