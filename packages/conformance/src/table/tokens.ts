import { readWopiSrc, wopiSrc } from '@openwopi/protocol'
import { textOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { sampleInput } from '../sample-input.ts'
import type { How, Target } from '../target.ts'
import { titled } from '../words.ts'
import type { World } from '../world.ts'
import { needsOf, onFiles, refused, rows, statusesFor, targetFor } from './rows.ts'

interface Refusal {
  readonly says: (operation: string) => string
  readonly how: (world: World, target: Target) => How | Promise<How>
  readonly statuses?: readonly number[]
}

const query = (...tokens: string[]): string =>
  tokens.map((token) => `access_token=${encodeURIComponent(token)}`).join('&')

/** The last character of a token may carry no more than a bit or two, so one in the middle is changed. */
function altered(token: string): string {
  const at = Math.floor(token.length / 2)
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
}

const refusals: readonly Refusal[] = [
  { says: (name) => `${name} without a token is refused.`, how: () => ({ query: '', token: '' }) },
  { says: (name) => `${name} with an empty token is refused.`, how: () => ({ token: '' }) },
  { says: (name) => `${name} with a made-up token is refused.`, how: () => ({ token: 'openwopi-check-made-up' }) },
  {
    says: (name) => `${name} with a token of which a character was changed is refused.`,
    how: (_, { token }) => ({ token: altered(token) }),
  },
  {
    says: (name) => `${name} with a token that was cut off is refused.`,
    how: (_, { token }) => ({ token: token.slice(0, Math.floor(token.length / 2)) }),
  },
]

const badTokens = onFiles.flatMap(([name, row]) =>
  refusals.map(
    (refusal): Check => ({
      says: refusal.says(titled(name)),
      group: 'tokens',
      covers: [name],
      ...needsOf(row),
      spec: row.spec,
      async run(world) {
        const target = await targetFor(row, world)
        const answer = await target.ask(name, sampleInput(name, row), await refusal.how(world, target))
        expectStatus(answer, statusesFor(row, world))
      },
    }),
  ),
)

const tokensOfOthers = onFiles.map(
  ([name, row]): Check => ({
    says: `${titled(name)} with the token of another file is refused.`,
    group: 'tokens',
    covers: [name],
    needs: ['copies'],
    spec: row.spec,
    async run(world) {
      const [target, other] = [await world.scratch(), await world.scratch()]
      if (target.token === other.token) throw new CannotRun('The host gave two files the same token.')
      given(await other.ask('checkFileInfo'), 'CheckFileInfo of another file')
      expectStatus(await target.ask(name, sampleInput(name, row), { token: other.token }), statusesFor(row, world))
    },
  }),
)

const unknownFiles = onFiles.map(
  ([name, row]): Check => ({
    says: `${titled(name)} on a file that does not exist is refused.`,
    group: 'tokens',
    covers: [name],
    spec: row.spec,
    async run(world) {
      const answer = await elsewhere(world, 'openwopi-check-no-such-file').ask(name, sampleInput(name, row))
      expectStatus(answer, statusesFor(row, world))
    },
  }),
)

/** What else a host may have, each asked for with a token that nobody was given. */
const madeUpElsewhere = rows
  .filter(([, row]) => row.on !== 'file')
  .map(
    ([name, row]): Check => ({
      says: `${titled(name)} with a made-up token is refused.`,
      group: 'tokens',
      covers: [name],
      spec: row.spec,
      async run({ file, workplace }) {
        const parts = readWopiSrc(file.wopiSrc)
        if (!parts) throw new CannotRun('The WOPISrc is not of the shape …/wopi/files/ID.')
        const address = wopiSrc(parts.base, row.on, 'openwopi-check-no-such-one')
        const answer = await workplace.at(address, 'openwopi-check-made-up').ask(name, sampleInput(name, row))
        expectStatus(answer, [...refused, 501])
      },
    }),
  )

/** The address of another file at the same host, with the token of this one. */
function elsewhere({ file, workplace }: World, id: string): Target {
  const parts = readWopiSrc(file.wopiSrc)
  if (!parts) throw new CannotRun('The WOPISrc is not of the shape …/wopi/files/ID.')
  return workplace.at(wopiSrc(parts.base, parts.on, id), file.token)
}

const leaks = onFiles.map(
  ([name, row]): Check => ({
    says: `The answer to ${titled(name)} with a made-up token does not repeat that token.`,
    group: 'tokens',
    covers: [name],
    ...needsOf(row),
    spec: row.spec,
    async run(world) {
      const token = `made-up-${world.newLock()}`
      const answer = await (await targetFor(row, world)).ask(name, sampleInput(name, row), { token })
      const told = [...answer.headers].map(([key, value]) => `${key}: ${value}`).join('\n') + textOf(answer)
      expectThat(!told.includes(token), 'an answer without the token', 'an answer that holds it')
    },
  }),
)

const moreParameters = onFiles
  .filter(([, { method }]) => method === 'GET')
  .map(
    ([name, row]): Check => ({
      says: `${titled(name)} goes on when the address has parameters that the host does not know.`,
      group: 'tokens',
      covers: [name],
      ...(row.promisedBy && { promised: [row.promisedBy] }),
      spec: row.spec,
      async run({ file }) {
        const more = `${query(file.token)}&access_token_ttl=0&openwopi=check`
        expectStatus(await file.ask(name, sampleInput(name, row), { query: more }), [200])
      },
    }),
  )

/** Who may ask for an operation: tried of each. */
export const tokensOfEach: readonly Check[] = [
  ...badTokens,
  ...tokensOfOthers,
  ...unknownFiles,
  ...madeUpElsewhere,
  ...leaks,
  ...moreParameters,
]
