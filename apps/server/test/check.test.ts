import { generateKeyPairSync } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Outcome, prepareRun, type RunOptions, standingOf } from '@openwopi/conformance'
import { connect } from '@openwopi/conformance/node'
import type { Feature } from '@openwopi/host'
import { exportPublicKey } from '@openwopi/protocol/proof'
import { expect, test, vi } from 'vitest'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { type Server, type Start, start } from './start.ts'

// More than a thousand checks over real files, beside other tests.
vi.setConfig({ testTimeout: 300_000 })

const files = { 'notes.txt': 'first\n', 'sub/other.txt': 'other\n' }

/** Which check came to what, a line each, without what is different each time. */
async function outcomesOf(options: RunOptions) {
  const run = await prepareRun({ ...options, connect })
  const outcomes: Outcome[] = []
  for await (const outcome of run.outcomes()) outcomes.push(outcome)
  return { outcomes, leftovers: run.leftovers() }
}

const inLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => `${standingOf(outcome)} ${outcome.check.group}: ${outcome.check.says}`)

const wrongIn = (outcomes: readonly Outcome[]) =>
  outcomes
    .filter((outcome) => ['failed', 'error'].includes(standingOf(outcome)))
    .map(({ check, expected, came, reason }) => ({ says: check.says, expected, came, reason }))

async function expectUnchanged({ folder }: Server): Promise<void> {
  expect((await readdir(folder)).filter((name) => !name.startsWith('.')).sort()).toEqual(['notes.txt', 'sub'])
  expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('first\n')
}

interface Kind {
  readonly config?: Start['config']
  readonly wish?: object
  readonly options?: Partial<RunOptions>
}

/** Checks a server as a person would who asked it for a token, and says what came of it. */
async function checked({ config = {}, wish = {}, options = {} }: Kind = {}): Promise<Outcome[]> {
  const server = await start({ files, config })
  const { wopiSrc, accessToken } = await server.token({ path: 'notes.txt', ...wish })
  const { outcomes, leftovers } = await outcomesOf({ wopiSrc, accessToken, ...options })
  expect(wrongIn(outcomes)).toEqual([])
  expect(leftovers).toEqual([])
  await expectUnchanged(server)
  return outcomes
}

/** By default: what the others are compared with. */
const usual = new Set<string>()

test('the server passes every check, and its folder is afterwards what it was before', async () => {
  for (const line of inLines(await checked())) usual.add(line)
  await expect(`${[...usual].join('\n')}\n`).toMatchFileSnapshot('./check-outcomes/default.txt')
})

/** What is otherwise than by default. */
async function expectOutcomes(name: string, outcomes: readonly Outcome[]): Promise<void> {
  const other = inLines(outcomes).filter((line) => !usual.has(line))
  await expect(`${other.join('\n')}\n`).toMatchFileSnapshot(`./check-outcomes/${name}.txt`)
}

const features: readonly Feature[] = ['containers', 'relative-writes']

test.each(features)('the server passes every check without %s', async (feature) => {
  await expectOutcomes(`without-${feature}`, await checked({ config: { without: [feature] } }))
})

test('the server passes every check for a user who may only look', async () => {
  await expectOutcomes('view-only', await checked({ wish: { view: true } }))
})

test('the server passes every check of a client whose requests must be signed', async () => {
  const client = await fakeClient('signing')
  const [current, old] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
  if (!current || !old) throw new Error('no keys')
  const [now, before] = [exportPublicKey(current), exportPublicKey(old)]
  const element = `<proof-key modulus="${now.modulus}" exponent="${now.exponent}" oldmodulus="${before.modulus}" oldexponent="${before.exponent}"/>`
  client.answerWith(xml(discoveryXml(client.origin, element)))
  const outcomes = await checked({
    config: { clients: [client.config], proof: 'required' },
    wish: { client: 'signing' },
    options: { keys: { current, old } },
  })
  await expectOutcomes('proofs-required', outcomes)
})
