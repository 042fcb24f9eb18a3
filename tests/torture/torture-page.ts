import { type FaultName, faultNames } from './faults.ts'
import type { TortureOutcome } from './torture.ts'

/** What came of the calls to one database and its servers. */
export interface Part extends TortureOutcome {
  readonly seed: number
  readonly seconds: number
}

const intro = `# What several servers answer while things go wrong

Made by \`npm run torture\`.

Three servers share one PostgreSQL. Clients call Lock, Unlock, RefreshLock, UnlockAndRelock, GetLock, PutFile, GetFile and
CheckFileInfo on many files at random, several clients on each, every call at a server of their choice; most under a lock
of their own, some under another's or none. Some contents come slowly, and one client of a hundred goes away in the middle
of a call. Locks last for 2.5 seconds, so that many end by themselves. The clock of one server is an hour slow, that of
another an hour fast. Meanwhile one thing after the other goes wrong.

Every call is written down with when it was made and when its answer was there. Then it is searched for an order of the
calls to a file, each somewhere between its begin and its end, in which one file with one lock would have given exactly
these answers: who may lock and who is refused, which lock a refusal names, which content a version has, that each content
is whole, that nothing that was saved is gone, and that no save is taken without its lock. That is what *linearizable*
means. A call whose connection broke, or that was answered with a failure, may have taken effect at any time after it was
made, or never. If there is no such order for one file, that is an anomaly.

What the search takes for granted beyond the protocol:

- A lock ends at its time, give or take half a second; a call that its holder made before that may still take effect, if
  nobody has taken the lock over.
- Of two saves that overlap, one may be refused: what an editor sent last is not replaced by what it sent before.

That the search finds what is wrong is tested by itself: against trying out all orders of small histories, and with servers
that were broken on purpose.
`

const number = (value: number) => Math.round(value).toLocaleString('en-US')

/** The page with all that came of a run. */
export function torturePage(parts: readonly Part[]): string {
  const sum = (of: (part: Part) => number) => parts.reduce((all, part) => all + of(part), 0)
  const wrong = parts.flatMap((part) => part.wrong)
  return `${[
    intro,
    '## In numbers',
    '',
    ...table([
      ['Calls', number(sum(({ calls }) => calls))],
      ['Anomalies', number(wrong.length)],
      ['Files', number(sum(({ files }) => files))],
      ['Calls of unknown outcome', number(sum(({ unknown }) => unknown))],
      ['Seeds', parts.map(({ seed }) => seed).join(', ')],
      ['Minutes', number(sum(({ seconds }) => seconds) / 60)],
    ]),
    '',
    '## What went wrong meanwhile',
    '',
    ...table(faultNames.map((name) => [capital(name), number(sum(({ faults }) => faults.get(name) ?? 0))])),
    '',
    '## Again',
    '',
    'The same seed makes the same calls and the same faults, though not at the same moments.',
    '',
    '```sh',
    `npm run torture -- --calls ${sum(({ calls }) => calls)} --seed ${parts[0]?.seed ?? 1}`,
    '```',
  ].join('\n')}\n`
}

const table = (rows: readonly (readonly [string, string])[]): readonly string[] => [
  '| | |',
  '| --- | ---: |',
  ...rows.map(([name, value]) => `| ${name} | ${value} |`),
]

const capital = (name: FaultName): string => name.charAt(0).toUpperCase() + name.slice(1)
