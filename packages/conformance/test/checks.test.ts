import { operationEntries } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { checks, type Outcome, prepareRun } from '../src/index.ts'
import { aHost, onSocket } from './a-host.ts'
import type { Break } from './broken/break.ts'
import { breaks } from './broken/index.ts'

test('Every operation is covered by a check.', () => {
  const covered = new Set(checks.flatMap(({ covers }) => covers))
  expect(operationEntries.map(([name]) => name).filter((name) => !covered.has(name))).toEqual([])
})

test('A check that is no must says for whom, or that it should be so.', () => {
  expect(checks.filter(({ severity, client }) => severity !== undefined && client !== undefined)).toEqual([])
  expect(checks.filter(({ spec }) => !URL.canParse(spec))).toEqual([])
})

test('Every check says something of its own, in a sentence.', () => {
  const sentences = checks.map(({ says }) => says)
  expect(sentences.filter((says, at) => sentences.indexOf(says) !== at)).toEqual([])
  expect(sentences.filter((says) => !/^[A-Z0-9].*\.$/.test(says))).toEqual([])
})

/** What is wrong with a host that is wrong in one thing. */
async function foundIn({ kind, make, groups, options = (same) => same, isOnSocket }: Break): Promise<Outcome[]> {
  const host = isOnSocket
    ? await onSocket(kind, (right) => make(right.fetch, right))
    : await aHost('http://127.0.0.1/wopi', kind)
  const wrong = make(host.fetch, host)
  const fetch = (url: string, { signal: _, ...init }: RequestInit) => {
    const headers = new Headers(init.headers)
    if (init.body instanceof ReadableStream) headers.set('X-Test-Flows', 'yes')
    return wrong(new Request(url, { ...init, headers }))
  }
  const run = await prepareRun({ ...options(host.options), ...(isOnSocket ? {} : { fetch }), groups })
  const outcomes: Outcome[] = []
  for await (const outcome of run.outcomes()) outcomes.push(outcome)
  return outcomes.filter(({ result }) => result === 'failed')
}

test('Every wrong host is found to be wrong, and every check finds a wrong host.', { timeout: 1_800_000 }, async () => {
  const found = new Set<string>()
  const unnoticed: string[] = []
  for (const each of breaks) {
    const outcomes = await foundIn(each)
    if (outcomes.length === 0) unnoticed.push(each.does)
    for (const { check } of outcomes) found.add(check.says)
  }
  expect.soft(unnoticed).toEqual([])
  expect(checks.map(({ says }) => says).filter((says) => !found.has(says))).toEqual([])
})
