import type { Check } from '../check.ts'
import { CannotRun, expectStatus } from '../findings.ts'
import { sampleInput } from '../sample-input.ts'
import type { How, Target } from '../target.ts'
import { titled } from '../words.ts'
import type { World } from '../world.ts'
import { type Row, refused, rows } from './rows.ts'

/** A container or an ecosystem that is there, so that only the token can be wrong. */
const targetOf = ([, { on, needs }]: Row, { places }: World): Promise<Target> => {
  if (on === 'ecosystem') return places.ecosystem()
  return needs === 'read' ? places.parent() : places.open()
}

const refusals: readonly (readonly [what: string, how: (world: World, target: Target) => How])[] = [
  ['without a token', () => ({ query: '', token: '' })],
  ['with a token that was cut off', (_, { token }) => ({ token: token.slice(0, Math.floor(token.length / 2)) })],
  ['with the token of a file', ({ file }) => ({ token: file.token })],
]

const needsOf = ([, { on, needs }]: Row): Pick<Check, 'promised' | 'needs'> =>
  on === 'ecosystem'
    ? { promised: ['SupportsEcosystem'] }
    : { promised: ['SupportsContainers'], ...(needs !== 'read' && { needs: ['container'] }) }

/** Who may ask for what there is besides files: tried of each operation on containers and on the ecosystem. */
export const tokensElsewhere: readonly Check[] = rows
  .filter(([, { on }]) => on === 'container' || on === 'ecosystem')
  .flatMap((row) =>
    refusals.map(
      ([what, how]): Check => ({
        says: `${titled(row[0])} of what is there, ${what}, is refused.`,
        group: 'tokens',
        covers: [row[0]],
        ...needsOf(row),
        spec: row[1].spec,
        async run(world) {
          const target = await targetOf(row, world)
          const changes = how(world, target)
          if (changes.token === target.token) throw new CannotRun('The host gave it the token of the file.')
          expectStatus(await target.ask(row[0], sampleInput(...row), changes), [...refused, 501])
        },
      }),
    ),
  )
