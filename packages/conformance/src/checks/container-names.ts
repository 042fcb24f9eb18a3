import { encodeUtf7 } from '@openwopi/protocol'
import type { Answer } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import { pointerIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs } from '../words.ts'
import type { World } from '../world.ts'
import { containerInfoOf, containerNameIn, insisting, suggesting } from './named-in.ts'

const names = {
  group: 'containers',
  covers: ['createChildContainer'],
  promised: ['SupportsContainers'],
  needs: ['container'],
  spec: `${docs.rest}/containers/createchildcontainer`,
} as const

/** Asks for a container and takes over what is made. */
async function made({ places }: World, box: Target, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await box.ask('createChildContainer', {}, { headers })
  if (pointerIn(answer)['Url'] !== undefined) places.adopt(answer)
  return answer
}

const exact = ['Résumés', '日本語', 'smile 😀', 'A&B + C', 'v1.2.final'].map(
  (name): Check => ({
    ...names,
    says: `A container that is to be called exactly "${name}" is called so.`,
    async run(world) {
      const answer = await made(world, await world.places.open(), insisting(name).headers)
      expectStatus(answer, [200])
      expectThat(containerNameIn(answer) === name, `Name "${name}"`, `"${containerNameIn(answer)}"`)
    },
  }),
)

const illegal: readonly (readonly [what: string, raw: string])[] = [
  ['is a path out of the container', '../openwopi-check'],
  ['holds a slash in UTF-7', 'a+AC8-openwopi-check'],
  ['holds a line break in UTF-7', 'a+AA0ACg-X-Injected: yes'],
  ['is two dots', '..'],
]

const refused = illegal.map(
  ([what, raw]): Check => ({
    ...names,
    says: `A container is not called exactly what ${what}: that is refused with 400.`,
    async run(world) {
      const answer = await made(world, await world.places.open(), { 'X-WOPI-RelativeTarget': raw })
      expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
      expectStatus(answer, [400])
    },
  }),
)

/** What cannot be read as UTF-7 at all may be refused, also where a name is only suggested. */
const better = illegal
  .filter(([, raw]) => !raw.includes('AA0ACg'))
  .map(
    ([what, raw]): Check => ({
      ...names,
      says: `A suggested name for a container that ${what} becomes another name.`,
      async run(world) {
        const answer = await made(world, await world.places.open(), { 'X-WOPI-SuggestedTarget': raw })
        expectThat(!answer.headers.has('X-Injected'), 'no header X-Injected', 'one')
        expectStatus(answer, [200])
        const name = containerNameIn(answer)
        expectThat(name !== '' && !/[/\\]|\p{Cc}|^\.\.?$/u.test(name), 'a name and no path', JSON.stringify(name))
      },
    }),
  )

const notRenamed = illegal.map(
  ([what, raw]): Check => ({
    ...names,
    says: `A container is not renamed to what ${what}: that is refused with 400.`,
    covers: ['renameContainer'],
    spec: `${docs.rest}/containers/renamecontainer`,
    async run({ places }) {
      const box = await places.open()
      const before = (await containerInfoOf(box))['Name']
      const headers = { 'X-WOPI-RequestedName': raw }
      expectStatus(await box.ask('renameContainer', { requestedName: 'x' }, { headers }), [400])
      const { Name } = await containerInfoOf(box)
      expectThat(Name === before, `Name "${String(before)}"`, `"${String(Name)}"`)
    },
  }),
)

const explained: Check = {
  ...names,
  says: 'The 400 for a container name says in X-WOPI-InvalidContainerNameError what is wrong with it.',
  severity: 'should',
  covers: ['createChildContainer', 'renameContainer'],
  async run(world) {
    const box = await world.places.open()
    const answer = await made(world, box, { 'X-WOPI-RelativeTarget': 'a+AC8-openwopi-check' })
    expectStatus(answer, [400])
    expectThat(Boolean(answer.headers.get('X-WOPI-InvalidContainerNameError')), 'the header', 'none')
  },
}

/** Names of new containers. */
export const containerNames: readonly Check[] = [
  ...exact,
  ...refused,
  ...better,
  ...notRenamed,
  explained,
  {
    ...names,
    says: 'The same suggested name makes two containers of different names.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('')]
      const first = given(await made(world, box, suggesting(name).headers), 'CreateChildContainer')
      const second = await made(world, box, suggesting(name).headers)
      expectStatus(second, [200])
      expectThat(containerNameIn(first) !== containerNameIn(second), 'two names', `"${containerNameIn(second)}" twice`)
    },
  },
  {
    ...names,
    says: 'A container is not made with exactly a name that is taken: that is refused with 409.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('')]
      given(await made(world, box, insisting(name).headers), 'CreateChildContainer')
      expectStatus(await made(world, box, insisting(name).headers), [409])
    },
  },
  {
    ...names,
    says: 'A request for a container with a suggested and an exact name is refused with 501.',
    async run(world) {
      const raw = encodeUtf7(world.workplace.newName(''))
      const headers = { 'X-WOPI-SuggestedTarget': raw, 'X-WOPI-RelativeTarget': raw }
      expectStatus(await made(world, await world.places.open(), headers), [501])
    },
  },
  {
    ...names,
    says: 'A request for a container without a name is refused.',
    async run(world) {
      expectStatus(await made(world, await world.places.open(), {}), [400, 501])
    },
  },
  {
    ...names,
    says: 'RenameContainer without a name is refused with 400.',
    covers: ['renameContainer'],
    spec: `${docs.rest}/containers/renamecontainer`,
    async run({ places }) {
      const headers = { 'X-WOPI-Override': 'RENAME_CONTAINER' }
      expectStatus(await (await places.open()).send('POST', '', { headers }), [400])
    },
  },
]
