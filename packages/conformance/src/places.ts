import { type Answer, jsonOf, wordsOf } from './answer.ts'
import { CannotRun, given } from './findings.ts'
import { type Target, targetOf } from './target.ts'
import type { Wire } from './wire.ts'

/** What the containers of a host are reached by. */
export interface PlacesOptions {
  readonly wire: Wire
  readonly file: Target
  readonly newName: () => string
}

/** Where the file lies, and what there is above and below. */
export interface Places {
  /** The container that the file lies in. */
  parent(): Promise<Target>
  /** Where its user's files begin. */
  ecosystem(): Promise<Target>
  /** A container for checks beside the file, empty. */
  open(): Promise<Target>
  /** Takes over a container that a check had the host make. */
  adopt(answer: Answer): Target
  /** Deletes the containers that were made, with what is in them. */
  tidy(): Promise<void>
  /** The names of containers that the host has kept. */
  readonly leftBehind: readonly string[]
}

/** The entries of a list in an answer. */
export const listIn = (answer: Answer, name: string): readonly Readonly<Record<string, unknown>>[] => {
  const list = jsonOf(answer)?.[name]
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'object' && entry !== null) : []
}

/** What the answer to an operation that makes or finds a container points to. */
export function pointerIn(answer: Answer): Readonly<Record<string, unknown>> {
  const pointer = jsonOf(answer)?.['ContainerPointer']
  return typeof pointer === 'object' && pointer !== null ? { ...pointer } : {}
}

/** Finds and makes containers. */
export function createPlaces({ wire, file, newName }: PlacesOptions): Places {
  const made: Target[] = []
  const leftBehind: string[] = []
  const follow = (url: unknown) => targetOf(wire, file, url)

  async function parent(): Promise<Target> {
    const ancestors = listIn(
      given(await file.ask('enumerateAncestors'), 'EnumerateAncestors'),
      'AncestorsWithRootFirst',
    )
    return follow(ancestors.at(-1)?.['Url'])
  }

  function adopt(answer: Answer): Target {
    const target = follow(pointerIn(answer)['Url'])
    made.push(target)
    return target
  }

  async function empty(container: Target): Promise<void> {
    const children = await container.ask('enumerateChildren')
    for (const { Url } of listIn(children, 'ChildFiles')) await follow(Url).ask('deleteFile')
    for (const { Url } of listIn(children, 'ChildContainers')) await remove(follow(Url))
  }

  async function remove(container: Target): Promise<void> {
    await empty(container)
    await container.ask('deleteContainer')
  }

  async function discard(container: Target): Promise<void> {
    const name = jsonOf(await container.ask('checkContainerInfo'))?.['Name']
    if (name === undefined) return
    await remove(container)
    const found = await container.ask('checkContainerInfo')
    if (found.status === 200) leftBehind.push(String(name))
  }

  return {
    parent,
    adopt,
    leftBehind,
    async ecosystem() {
      const answer = given(await file.ask('getEcosystem'), 'GetEcosystem')
      return follow(jsonOf(answer)?.['Url'])
    },
    async open() {
      if (leftBehind.length > 0) throw new CannotRun('The host does not delete the containers that checks make.')
      const answer = await (await parent()).ask('createChildContainer', { suggestedTarget: newName() })
      if (answer.status !== 200) throw new CannotRun(`A container to work in cannot be made: ${wordsOf(answer)}.`)
      return adopt(answer)
    },
    async tidy() {
      for (const container of made.splice(0).reverse()) await discard(container).catch(() => undefined)
    },
  }
}
