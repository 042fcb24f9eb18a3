import { containerProperties, type OperationName } from '@openwopi/protocol'
import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { pointerIn } from '../places.ts'
import { docs, shown } from '../words.ts'
import { says } from '../world.ts'
import { containerNames } from './container-names.ts'
import { containerInfoOf, fileInfoOf, insisting, suggesting } from './named-in.ts'

/** What the checks of one operation on containers have in common. */
const about = (operation: OperationName, ...more: OperationName[]) =>
  ({
    group: 'containers',
    covers: [operation, ...more],
    promised: ['SupportsContainers'],
    spec: `${docs.rest}/containers/${operation.toLowerCase()}`,
  }) as const

const inBox = (operation: OperationName, ...more: OperationName[]) =>
  ({ ...about(operation, ...more), needs: ['container'] }) as const

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string',
  url: (value) => typeof value === 'string' && (value === '' || /^https?:\/\/[^/]/.test(value)),
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
}

const properties = Object.entries(containerProperties).map(
  ([name, { kind }]): Check => ({
    ...about('checkContainerInfo'),
    says: `${name} of a container, where CheckContainerInfo says it, is of the right kind.`,
    async run({ places }) {
      const value = (await containerInfoOf(await places.parent()))[name]
      if (value === undefined) throw new CannotRun('CheckContainerInfo does not say it.')
      expectThat(kinds[kind]?.(value) ?? true, kind, shown(value))
    },
  }),
)

const sameForFiles = ['IsAnonymousUser', 'IsEduUser', 'LicenseCheckForEditIsEnabled'].map(
  (name): Check => ({
    ...about('checkContainerInfo'),
    says: `${name} is the same for a file and for the container that it lies in.`,
    async run({ info, places }) {
      const [ofFile, ofContainer] = [info[name] ?? false, (await containerInfoOf(await places.parent()))[name] ?? false]
      expectThat(ofFile === ofContainer, `${name}: ${String(ofFile)}`, String(ofContainer))
    },
  }),
)

const refusals = (['UserCanCreateChildContainer', 'UserCanCreateChildFile'] as const).map(
  (name): Check => ({
    ...about(name === 'UserCanCreateChildFile' ? 'createChildFile' : 'createChildContainer'),
    says: `Where ${name} is not said, nothing is made.`,
    async run({ places, workplace }) {
      const parent = await places.parent()
      if ((await containerInfoOf(parent))[name] === true) throw new CannotRun(`CheckContainerInfo says ${name}.`)
      const operation = name === 'UserCanCreateChildFile' ? 'createChildFile' : 'createChildContainer'
      const answer = await parent.ask(operation, { suggestedTarget: workplace.newName('') })
      if (jsonOf(answer)?.['Url'] !== undefined) workplace.adopt(answer)
      if (pointerIn(answer)['Url'] !== undefined) places.adopt(answer)
      expectStatus(answer, [401, 404, 501])
    },
  }),
)

const byHand: readonly Check[] = [
  {
    ...about('checkContainerInfo'),
    says: 'CheckContainerInfo answers a JSON object that says the name of the container, without a path.',
    async run({ places }) {
      const answer = await (await places.parent()).ask('checkContainerInfo')
      expectStatus(answer, [200])
      const { Name } = jsonOf(answer) ?? {}
      expectThat(typeof Name === 'string' && Name !== '' && !/[/\\]/.test(Name), 'a Name without a path', shown(Name))
    },
  },
  {
    ...inBox('createChildContainer', 'checkContainerInfo'),
    says: 'A container that was made has the name that the answer says, and its Url opens it.',
    async run({ places, workplace }) {
      const answer = await (await places.open()).ask('createChildContainer', {}, suggesting(workplace.newName('')))
      expectStatus(answer, [200])
      const { Name } = await containerInfoOf(places.adopt(answer))
      expectThat(Name === pointerIn(answer)['Name'], `Name ${shown(pointerIn(answer)['Name'])}`, shown(Name))
    },
  },
  {
    ...inBox('createChildContainer', 'checkContainerInfo'),
    says: 'ContainerInfo, where CreateChildContainer answers it, is what CheckContainerInfo says.',
    async run({ places, workplace }) {
      const answer = await (await places.open()).ask('createChildContainer', {}, suggesting(workplace.newName('')))
      const { ContainerInfo } = jsonOf(given(answer, 'CreateChildContainer')) ?? {}
      if (typeof ContainerInfo !== 'object' || ContainerInfo === null) throw new CannotRun('There is no ContainerInfo.')
      const found = await containerInfoOf(places.adopt(answer))
      const other = Object.entries(ContainerInfo).filter(([name, value]) => shown(found[name]) !== shown(value))
      expectThat(other.length === 0, 'the same', `other ${other.map(([name]) => name).join(', ')}`)
    },
  },
  {
    ...inBox('renameContainer', 'checkContainerInfo', 'checkFileInfo'),
    says: 'A container that was renamed has the new name at the old address, and so have its files.',
    async run({ places, workplace }) {
      const box = await places.open()
      const file = workplace.adopt(given(await box.ask('createChildFile', {}, suggesting('.txt')), 'CreateChildFile'))
      const wanted = workplace.newName('')
      const answer = await box.ask('renameContainer', { requestedName: wanted })
      expectStatus(answer, [200])
      expectThat(jsonOf(answer)?.['Name'] === wanted, `Name "${wanted}"`, shown(jsonOf(answer)?.['Name']))
      const { Name } = await containerInfoOf(box)
      expectThat(Name === wanted, `CheckContainerInfo with Name "${wanted}"`, shown(Name))
      expectStatus(await file.ask('checkFileInfo'), [200], 'to CheckFileInfo of a file in it')
    },
  },
  {
    ...inBox('renameContainer'),
    says: 'A container is not given the name of another one: RenameContainer is refused with 409.',
    async run({ places, workplace }) {
      const [box, name] = [await places.open(), workplace.newName('')]
      places.adopt(given(await box.ask('createChildContainer', {}, insisting(name)), 'CreateChildContainer'))
      const other = await box.ask('createChildContainer', {}, suggesting(workplace.newName('')))
      expectStatus(await places.adopt(other).ask('renameContainer', { requestedName: name }), [409])
    },
  },
  {
    ...inBox('deleteContainer', 'checkContainerInfo'),
    says: 'DeleteContainer deletes an empty container, which answers 404 from then on.',
    async run({ places }) {
      const box = await places.open()
      expectStatus(await box.ask('deleteContainer'), [200])
      expectStatus(await box.ask('checkContainerInfo'), [401, 404], 'to CheckContainerInfo afterwards')
    },
  },
  {
    ...inBox('deleteContainer', 'createChildFile'),
    says: 'DeleteContainer on a container that holds a file is refused with 409, and the file stays.',
    async run({ places, workplace }) {
      const box = await places.open()
      const file = workplace.adopt(given(await box.ask('createChildFile', {}, suggesting('.txt')), 'CreateChildFile'))
      expectStatus(await box.ask('deleteContainer'), [409])
      expectStatus(await file.ask('checkFileInfo'), [200], 'to CheckFileInfo of the file')
    },
  },
  {
    ...inBox('deleteContainer', 'createChildContainer'),
    says: 'DeleteContainer on a container that holds a container is refused with 409, and both stay.',
    async run({ places, workplace }) {
      const box = await places.open()
      const inner = await box.ask('createChildContainer', {}, suggesting(workplace.newName('')))
      const within = places.adopt(given(inner, 'CreateChildContainer'))
      expectStatus(await box.ask('deleteContainer'), [409])
      expectStatus(await within.ask('checkContainerInfo'), [200], 'to CheckContainerInfo of the inner one')
    },
  },
  {
    ...inBox('checkContainerInfo'),
    says: 'The token of a container does not open a file in it, nor that of the file the container.',
    async run({ places, workplace, file }) {
      const box = await places.open()
      const inside = workplace.adopt(given(await box.ask('createChildFile', {}, suggesting('.txt')), 'CreateChildFile'))
      await fileInfoOf(inside)
      if (inside.token === box.token) throw new CannotRun('The host gave a container and its file the same token.')
      expectStatus(await inside.ask('checkFileInfo', {}, { token: box.token }), [401, 404], 'to CheckFileInfo')
      expectStatus(
        await box.ask('checkContainerInfo', {}, { token: inside.token }),
        [401, 404],
        'to CheckContainerInfo',
      )
      expectStatus(await box.ask('checkContainerInfo', {}, { token: file.token }), [401, 404], 'with the first token')
    },
  },
  {
    ...about('checkContainerInfo'),
    says: 'A host with containers promises DeleteFile too, which is one of their operations.',
    severity: 'should',
    async run({ info }) {
      expectThat(says(info, 'SupportsDeleteFile'), 'SupportsDeleteFile: true', 'none')
    },
  },
]

/** Containers themselves. */
export const containers: readonly Check[] = [...properties, ...sameForFiles, ...refusals, ...byHand, ...containerNames]
