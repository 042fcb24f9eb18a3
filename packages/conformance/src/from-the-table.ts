import {
  type Operation,
  type OperationName,
  operationEntries,
  type PropertyName,
  readWopiSrc,
  wopiSrc,
} from '@openwopi/protocol'
import { textOf } from './answer.ts'
import type { Check } from './check.ts'
import { CannotRun, expectStatus, expectThat, given } from './findings.ts'
import { properties } from './property-kinds.ts'
import { requiredHeaders, sampleInput } from './sample-input.ts'
import type { How, Target } from './target.ts'
import { titled } from './words.ts'
import { contentOf, says, type World } from './world.ts'

type Row = readonly [OperationName, Operation]

const refused = [401, 404]
const onFiles = (operationEntries as readonly Row[]).filter(([, row]) => row.on === 'file')

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

/** Refused are 401 and 404; an operation that is not offered may say that first. */
const statusesFor = (row: Operation, { info }: World): number[] =>
  row.promisedBy && !says(info, row.promisedBy) ? [...refused, 501] : refused

/** What changes nothing of the file is asked of the file itself; what does, when a host is wrong, of one to write to. */
const targetFor = (row: Operation, world: World): Target | Promise<Target> =>
  row.needs === 'read' || row.needs === 'create' ? world.file : world.scratch()

/** A wrong host may do what it should refuse. */
const needsOf = ({ needs }: Operation): Pick<Check, 'needs'> => {
  if (needs === 'read' || needs === 'create') return {}
  return { needs: [needs === 'rename' || needs === 'delete' ? 'own' : 'scratch'] }
}

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
const madeUpElsewhere = (operationEntries as readonly Row[])
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

const promising = onFiles.filter(([, { promisedBy }]) => promisedBy !== undefined)

const notPromised = promising.map(
  ([name, row]): Check => ({
    says: `${titled(name)} answers 501 where CheckFileInfo does not promise it.`,
    group: 'offers',
    covers: [name],
    spec: row.spec,
    async run(world) {
      const { promisedBy } = row
      if (promisedBy === undefined || isOffered(name, row, world))
        throw new CannotRun(`CheckFileInfo promises ${promisedBy}.`)
      const target = await harmlessTarget(row, world)
      // A wrong host that does write is given what is there already.
      const content = name === 'putFile' ? { content: await contentOf(target) } : {}
      try {
        const answer = await target.ask(name, { ...sampleInput(name, row), ...content })
        if (isOfPlus(row) && answer.status !== 501)
          throw new CannotRun(
            'The host answers it all the same, as it may: its promise takes more than its operations.',
          )
        expectStatus(answer, [501])
      } finally {
        await target.release()
      }
    },
  }),
)

/** Co-authoring is promised only together with much else, such as addresses that not every host has. */
const isOfPlus = ({ promisedBy }: Operation): boolean =>
  promisedBy === 'SupportsCoauth' || promisedBy === 'SupportsResumableFileTransfer'

/** Where nothing is lost when a host does what it has not promised. */
async function harmlessTarget({ needs }: Operation, { workplace, file, scratch }: World): Promise<Target> {
  if (workplace.kind === 'copies' || workplace.kind === 'one-copy') return scratch()
  if (needs === 'rename' || needs === 'delete')
    throw new CannotRun('A host that does it all the same would do it to the file itself.')
  return workplace.at(file.wopiSrc, file.token)
}

/** Operations that another property promises as well. */
const otherPromises: { readonly [N in OperationName]?: readonly PropertyName[] } = {
  deleteFile: ['SupportsContainers', 'SupportsFolders'],
}

function isOffered(name: OperationName, { promisedBy, deniedBy }: Operation, { info }: World): boolean {
  if (deniedBy !== undefined && says(info, deniedBy)) return false
  const promises = [...(promisedBy === undefined ? [] : [promisedBy]), ...(otherPromises[name] ?? [])]
  return promises.some((property) => says(info, property))
}

const kept = promising.map(
  ([name, row]): Check => ({
    says: `${titled(name)} does not answer 501 where CheckFileInfo promises it.`,
    group: 'offers',
    covers: [name],
    ...(row.promisedBy && { promised: [row.promisedBy] }),
    ...(row.needs === 'create' ? { needs: ['own'] } : needsOf(row)),
    spec: row.spec,
    async run(world) {
      const target = await targetFor(row, world)
      const input = name === 'putRelativeFile' ? { suggestedTarget: world.workplace.newName() } : {}
      const answer = await target.ask(name, { ...sampleInput(name, row), ...input })
      if (name === 'putRelativeFile' && answer.status === 200) world.workplace.adopt(answer)
      expectThat(answer.status !== 501, 'any status but 501', 'status 501')
    },
  }),
)

const missingHeaders = onFiles.flatMap(([name, row]) =>
  requiredHeaders(row).flatMap((header) =>
    [undefined, ''].map(
      (value): Check => ({
        says: `${titled(name)} ${value === undefined ? 'without' : 'with an empty'} ${header} is refused as malformed.`,
        group: 'overrides',
        covers: [name],
        ...(row.promisedBy && { promised: [row.promisedBy] }),
        ...needsOf(row),
        spec: row.spec,
        async run(world) {
          const target = await targetFor(row, world)
          const { headers } = withoutHeader(row, header)
          const answer = await target.send(row.method, row.path ?? '', {
            headers: value === undefined ? headers : { ...headers, [header]: value },
          })
          expectStatus(answer, [400])
        },
      }),
    ),
  ),
)

function withoutHeader(row: Operation, header: string): { readonly headers: Record<string, string> } {
  const headers: Record<string, string> = row.override === undefined ? {} : { 'X-WOPI-Override': row.override }
  for (const { place } of Object.values(row.request)) {
    if (place === row.sentWith && place !== header) headers[place] = 'openwopi-check-sample'
  }
  return { headers }
}

const overridesInLowerCase = onFiles
  .filter(([, { override, needs }]) => override !== undefined && needs !== 'delete' && needs !== 'create')
  .map(
    ([name, row]): Check => ({
      says: `${titled(name)} is known by its X-WOPI-Override in lower case too.`,
      group: 'overrides',
      severity: 'should',
      covers: [name],
      ...(row.promisedBy && { promised: [row.promisedBy] }),
      ...needsOf(row),
      spec: row.spec,
      async run(world) {
        const target = await targetFor(row, world)
        const headers = { 'X-WOPI-Override': String(row.override).toLowerCase() }
        const answer = await target.ask(name, sampleInput(name, row), { headers })
        expectThat(answer.status !== 501, 'any status but 501', 'status 501')
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

/** The checks that nobody writes: each operation and each property of the tables, tried in the ways all have in common. */
export const fromTheTable: readonly Check[] = [
  ...properties,
  ...badTokens,
  ...tokensOfOthers,
  ...unknownFiles,
  ...madeUpElsewhere,
  ...leaks,
  ...moreParameters,
  ...missingHeaders,
  ...overridesInLowerCase,
  ...notPromised,
  ...kept,
]
