// Starts an object store in a process of its own, tells whoever forked it how it is reached, and ends with it.
import { needCeph, startCeph } from './ceph.js'
import { needSwift, startSwift } from './swift.js'

const start = needCeph() ? startCeph : needSwift() ? startSwift : undefined
if (!start) {
  console.error('There is neither Ceph nor Swift here, and they could not be installed.')
  process.exit(1)
}
const { stop, ...store } = await start()
process.once('disconnect', () => stop().then(() => process.exit()))
process.send?.(store)
