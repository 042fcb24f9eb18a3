export { type Calls, countCalls } from './count-calls.ts'
export { type LinkSecrets, linkSecrets } from './link-secrets.ts'
export { type Discardable, putAside } from './put-aside.ts'
