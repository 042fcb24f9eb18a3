import { folderStorage } from '@openwopi/storage-folder'

// Opens a large folder as a starting host does, and reads its largest folder page by page.
const { folder, dataFolder, largest, pageSize, marked } = JSON.parse(process.argv[2] ?? '{}')

let peakRss = 0
const watch = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss())
}, 10)

const { containers, search, close } = await folderStorage({ folder, dataFolder })
const root = await containers.root()
await containers.children(root.id, { limit: pageSize })
// Counted from the start of the process.
const started = performance.now()

async function largestId(): Promise<string> {
  for (let after: string | undefined; ; ) {
    const page = await containers.children(root.id, { limit: pageSize, ...(after !== undefined && { after }) })
    const found = page.containers.find(({ name }) => name === largest)
    if (found) return found.id
    if (page.next === undefined) throw new Error(`${largest} is not in ${folder}`)
    after = page.next
  }
}

const id = await largestId()
const pages: number[] = []
let files = 0
for (let after: string | undefined, isLast = false; !isLast; ) {
  const startedAt = performance.now()
  const page = await containers.children(id, { limit: pageSize, ...(after !== undefined && { after }) })
  pages.push(performance.now() - startedAt)
  files += page.files.length
  after = page.next
  isLast = page.next === undefined
}

// What has not been looked at yet is indexed in the background: that is done when a file in every folder can be found.
let indexed = 0
while (indexed < marked) {
  await new Promise((resolve) => setTimeout(resolve, 100))
  indexed = (await search('marker', marked)).length
}
process.send?.({ started, pages, files, indexed: performance.now(), peakRss })
clearInterval(watch)
await close()
