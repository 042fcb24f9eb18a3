import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { build, program } from '../built.ts'

interface Answered {
  readonly name: string
  readonly status: number
  readonly codes: readonly string[]
  /** For which the program has worked: those in which others had the processor do not count. */
  readonly milliseconds: number
  /** More than were held before the body was looked at. */
  readonly mebibytes: number
  readonly isUnchanged: boolean
  readonly errors: readonly string[]
}

/** What each body is answered: 500 where it is none of cell storage, or the codes of its sub-requests. */
const expected: Readonly<Record<string, number | readonly string[]>> = {
  'one of 100 MB': 500,
  'markup alone': 500,
  'one comment': 500,
  'entities alone': 500,
  'an attribute of 60 MB': 500,
  'a thousand elements in each other': 500,
  'text that is no base64': ['Success'],
  'millions of objects': ['CellRequestFail'],
  'tens of millions of objects': ['CellRequestFail'],
  'objects 10,000 deep': ['CellRequestFail'],
  'an object of gigabytes': ['CellRequestFail'],
  'a list of billions': ['CellRequestFail'],
  'a million sub-requests': 500,
  'thousands of sub-requests': ['Success'],
  'thousands of questions': ['CellRequestFail'],
}

// The kernel of Linux alone tells the most memory that a process has had since it was asked last.
test.runIf(existsSync('/proc/self/clear_refs'))(
  'A body that means harm is answered with little memory, in little time, and changes nothing',
  { timeout: 300_000 },
  () => {
    build()
    const output = execFileSync(process.execPath, ['--expose-gc', program('answer-hostile.js')], { encoding: 'utf8' })
    const answers = output
      .trim()
      .split('\n')
      .map((line): Answered => JSON.parse(line))
    expect(answers.map(({ name }) => name)).toEqual(Object.keys(expected))
    for (const { name, status, codes, milliseconds, mebibytes, isUnchanged, errors } of answers) {
      const wanted = expected[name]
      expect(typeof wanted === 'number' ? status : codes, name).toEqual(wanted)
      expect(mebibytes, name).toBeLessThanOrEqual(64)
      // About one, and the time of the garbage collector's own threads.
      expect(milliseconds, name).toBeLessThan(10_000)
      expect({ isUnchanged, errors }, name).toEqual({ isUnchanged: true, errors: [] })
    }
  },
)
