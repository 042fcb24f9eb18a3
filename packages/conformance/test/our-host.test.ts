import type { Feature } from '@openwopi/host'
import { expect, test, vi } from 'vitest'
import { type Outcome, prepareRun, type RunOptions, standingOf } from '../src/index.ts'
import { type AHost, type HostKind, onSocket, rotatedKeys } from './a-host.ts'

// More than a thousand checks of up to a hundred requests each, beside other tests: no bound is for what comes late.
vi.setConfig({ testTimeout: 1_800_000 })

async function outcomesOf(options: RunOptions): Promise<{ outcomes: Outcome[]; leftovers: readonly string[] }> {
  const run = await prepareRun({ timeout: 120_000, checkTimeout: 300_000, ...options })
  const outcomes: Outcome[] = []
  for await (const outcome of run.outcomes()) outcomes.push(outcome)
  return { outcomes, leftovers: run.leftovers() }
}

const wrong = (outcomes: readonly Outcome[]) =>
  outcomes
    .filter((outcome) => ['failed', 'error'].includes(standingOf(outcome)))
    .map(({ check, expected, came, reason }) => ({ says: check.says, expected, came, reason }))

/** Which check came to what, a line each, without what is different each time. */
const inLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => `${standingOf(outcome)} ${outcome.check.group}: ${outcome.check.says}`)

const features: readonly Feature[] = [
  'containers',
  'ecosystem',
  'folders',
  'relative-writes',
  'locks',
  'rename',
  'user-info',
  'shares',
  'activities',
  'restricted-links',
  'secure-store',
  'coauth',
  'cells',
]

const kinds: readonly (readonly [what: string, kind: HostKind])[] = [
  ['that requires proofs', { keys: rotatedKeys() }],
  ['for a user who may only look', { can: ['read'] }],
  ['for a user who may make no files', { can: ['read', 'write', 'rename', 'delete'] }],
  ['for a user who may delete nothing', { can: ['read', 'write', 'rename', 'create'] }],
  ['with an empty file', { text: '' }],
  ['with a file that has no extension', { name: 'README' }],
  ...features.map((feature): readonly [string, HostKind] => [`without ${feature}`, { without: [feature] }]),
]

/** What is there afterwards is what was there before, but for what nobody may delete. */
async function expectUnchanged(host: AHost, kind: HostKind, leftovers: readonly string[]): Promise<void> {
  expect(await host.textOfFile()).toBe(kind.text ?? 'Dear Ann,')
  expect(await host.lockOfFile()).toBeUndefined()
  const [own, ...left] = await host.names()
  expect(own).toBe(kind.name ?? 'letter.txt')
  if (kind.can?.includes('create') && !kind.can.includes('delete'))
    for (const name of left) expect(leftovers.join()).toContain(name)
  else expect([...left, ...leftovers]).toEqual([])
}

/** Asks the host itself: the way through a socket is the same for all kinds, and one of them goes it. */
const within = ({ fetch }: AHost): Pick<RunOptions, 'fetch'> => ({
  fetch: (url, { signal: _, ...init }) => fetch(new Request(url, init)),
})

async function checked(kind: HostKind, how: (host: AHost) => Pick<RunOptions, 'fetch'> = within): Promise<string[]> {
  const host = await onSocket(kind)
  const { outcomes, leftovers } = await outcomesOf({ ...host.options, ...how(host) })
  expect(wrong(outcomes)).toEqual([])
  expect(outcomes.filter(({ result }) => result === 'passed').length).toBeGreaterThan(60)
  await expectUnchanged(host, kind, leftovers)
  return inLines(outcomes)
}

/** What a host with everything makes of each check: what the others are compared with. */
const usual = new Set<string>()

test('A host with everything passes every check, and is afterwards what it was before', async () => {
  for (const line of await checked({}, () => ({}))) usual.add(line)
  await expect(`${[...usual].join('\n')}\n`).toMatchFileSnapshot('./outcomes/with-everything.txt')
})

test.each(kinds)('A host %s passes every check, and is afterwards what it was before', async (what, kind) => {
  const otherwise = (await checked(kind)).filter((line) => !usual.has(line))
  await expect(`${otherwise.join('\n')}\n`).toMatchFileSnapshot(`./outcomes/${what.replaceAll(' ', '-')}.txt`)
})
