import { expect, test, vi } from 'vitest'
import { type Outcome, prepareRun, type RunOptions } from '../src/index.ts'
import { type HostKind, onSocket, rotatedKeys } from './a-host.ts'

// Some hundred checks of up to a hundred requests each, beside other tests.
vi.setConfig({ testTimeout: 180_000 })

async function outcomesOf(options: RunOptions): Promise<{ outcomes: Outcome[]; leftovers: readonly string[] }> {
  const run = await prepareRun(options)
  const outcomes: Outcome[] = []
  for await (const outcome of run.outcomes()) outcomes.push(outcome)
  return { outcomes, leftovers: run.leftovers() }
}

const wrong = (outcomes: readonly Outcome[]) =>
  outcomes
    .filter(({ result }) => ['failed', 'error'].includes(result))
    .map(({ check, expected, came, reason }) => ({ says: check.says, expected, came, reason }))

const kinds: readonly (readonly [what: string, kind: HostKind])[] = [
  ['with everything', {}],
  ['that requires proofs', { keys: rotatedKeys() }],
  ['for a user who may only look', { can: ['read'] }],
  ['for a user who may make no files', { can: ['read', 'write', 'rename', 'delete'] }],
  ['for a user who may delete nothing', { can: ['read', 'write', 'rename', 'create'] }],
  ['that remembers nothing of its users', { without: ['user-info'] }],
  ['without co-authoring', { without: ['coauth'] }],
  ['without locks', { without: ['locks'] }],
  ['without containers', { without: ['containers'] }],
  ['with an empty file', { text: '' }],
  ['with a file that has no extension', { name: 'README' }],
]

test.each(kinds)('A host %s passes every check, and is afterwards what it was before', async (what, kind) => {
  const host = await onSocket({ text: 'Dear Ann,', ...kind })
  const { outcomes, leftovers } = await outcomesOf(host.options)
  expect(wrong(outcomes)).toEqual([])
  expect(outcomes.filter(({ result }) => result === 'passed').length).toBeGreaterThan(60)
  expect(await host.textOfFile()).toBe(kind.text ?? 'Dear Ann,')
  expect(await host.lockOfFile()).toBeUndefined()
  const [own, ...left] = await host.names()
  expect(own).toBe(kind.name ?? 'letter.txt')
  if (what === 'for a user who may delete nothing') for (const name of left) expect(leftovers.join()).toContain(name)
  else expect([...left, ...leftovers]).toEqual([])
})
