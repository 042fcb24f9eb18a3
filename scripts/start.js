import { cp, rename, rm, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const samples = fileURLToPath(new URL('../samples', import.meta.url))
const folder = fileURLToPath(new URL('../sample-documents', import.meta.url))

if (!(await stat(folder).catch(() => undefined))) await copySamples()
process.argv.splice(2, 0, 'serve', folder)
await import('../apps/server/bin/openwopi.js')

/** People edit the copy, so that the samples stay as they are. A copy that was broken off does not count as one. */
async function copySamples() {
  const unfinished = `${folder}.${process.pid}`
  try {
    await cp(samples, unfinished, { recursive: true })
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
