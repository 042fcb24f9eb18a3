// Saves files without end, and says on standard output what it is about to save and what has been saved.
import { writeSync } from 'node:fs'
import { folderStorage } from '@openwopi/storage-folder'
import { isCarrying, sentBeside, sentContent } from './sent-content.js'

const [folder, first] = process.argv.slice(2)
const say = (...words) => writeSync(1, `${words.join(' ')}\n`)
const people = ['ann', 'bob'].map((id) => ({ id, name: id }))
const { storage, byPath, locks } = await folderStorage({ folder, keepVersions: 100_000, squashWithin: 0 })

/** Half of the chunks are small, so that kills fall into every stage of a save. */
async function* chunksOf(bytes) {
  const size = bytes.length > 50_000 ? 16_384 : 1000
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function saveForEver(name) {
  let file =
    (await byPath(name)) ?? (await storage.create('root', [name], chunksOf(sentContent(name, 0)), { by: people[0] }))
  say('file', name, file.id, file.version)
  for (let number = Number(first); ; number++) {
    const by = people[number % people.length]
    await locks.swap(file.id, await locks.read(file.id), {
      id: String(number),
      expiresAt: 1,
      version: file.version,
      by,
    })
    say('sent', name, number)
    const isAutosave = number % 3 === 0
    const carries = {
      streams: [{ id: 'beside', content: chunksOf(sentBeside(name, number)) }],
      properties: [{ Name: 'number', Value: String(number), Retention: 'DeleteOnContentChange' }],
    }
    const change = { by, isAutosave, ...(isCarrying(number) && { carries }) }
    file = await storage.write(file, chunksOf(sentContent(name, number)), change)
    say('saved', name, number, file.version)
  }
}

await Promise.all(['a.txt', 'b.bin', 'c.txt'].map(saveForEver))
