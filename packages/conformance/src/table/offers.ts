import type { Operation, OperationName, PropertyName } from '@openwopi/protocol'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat } from '../findings.ts'
import { sampleInput } from '../sample-input.ts'
import type { Target } from '../target.ts'
import { titled } from '../words.ts'
import { contentOf, says, type World } from '../world.ts'
import { needsOf, onFiles, targetFor } from './rows.ts'

const promising = onFiles.filter(([, { promisedBy }]) => promisedBy !== undefined)

const notPromised = promising
  .filter(([, row]) => !isOfPlus(row))
  .map(
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

/**
 * Co-authoring is promised only together with much else, such as addresses that not every host has: a host may have its
 * operations and promise none of them.
 */
function isOfPlus({ promisedBy }: Operation): boolean {
  return promisedBy === 'SupportsCoauth' || promisedBy === 'SupportsResumableFileTransfer'
}

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

/** Whether the host has what it promises, and nothing besides: tried of each operation. */
export const offersOfEach: readonly Check[] = [...notPromised, ...kept]
