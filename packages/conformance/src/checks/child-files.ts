import { encodeUtf7 } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, contentOf, locked, textIn, type World } from '../world.ts'
import { fileInfoOf, fileNameIn, insisting, suggesting } from './named-in.ts'

const makes = {
  group: 'containers',
  covers: ['createChildFile'],
  promised: ['SupportsContainers'],
  needs: ['container'],
  spec: `${docs.rest}/containers/createchildfile`,
} as const

/** Asks for a file and takes over what is made. */
async function made({ workplace }: World, box: Target, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await box.ask('createChildFile', {}, { headers })
  if (jsonOf(answer)?.['Url'] !== undefined) workplace.adopt(answer)
  return answer
}

/** A file of this name in a container, with content. */
async function filled(world: World, box: Target, name: string): Promise<Target> {
  const answer = given(await made(world, box, insisting(name).headers), 'CreateChildFile')
  const target = world.workplace.adopt(answer)
  given(await target.ask('putFile', { content: bytesOf('in place') }), 'PutFile on the empty file')
  return target
}

const illegal: readonly (readonly [what: string, raw: string])[] = [
  ['is a path out of the container', '../openwopi-check.txt'],
  ['holds a slash in UTF-7', 'a+AC8-openwopi-check.txt'],
  ['holds a line break in UTF-7', 'a+AA0ACg-X-Injected: yes.txt'],
]

const refused = illegal.map(
  ([what, raw]): Check => ({
    ...makes,
    says: `CreateChildFile for exactly a name that ${what} is refused with 400.`,
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
      ...makes,
      says: `CreateChildFile for a suggested name that ${what} makes a file of another name.`,
      async run(world) {
        const answer = await made(world, await world.places.open(), { 'X-WOPI-SuggestedTarget': raw })
        expectStatus(answer, [200])
        const name = fileNameIn(answer)
        expectThat(
          !/[/\\]|\p{Cc}/u.test(name) && name.endsWith('.txt'),
          'a name that ends in .txt',
          JSON.stringify(name),
        )
      },
    }),
  )

/** New files in a container. */
export const childFiles: readonly Check[] = [
  {
    ...makes,
    says: 'CreateChildFile makes an empty file of exactly the name asked for, and its Url opens it.',
    covers: ['createChildFile', 'checkFileInfo', 'getFile'],
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('.docx')]
      const answer = await made(world, box, insisting(name).headers)
      expectStatus(answer, [200])
      const target = world.workplace.adopt(answer)
      const { BaseFileName, Size } = await fileInfoOf(target)
      expectThat(
        BaseFileName === name && Size === 0,
        `"${name}" of 0 bytes`,
        `${shown(BaseFileName)} of ${shown(Size)}`,
      )
      expectThat((await contentOf(target)).byteLength === 0, 'no bytes', 'some')
    },
  },
  {
    ...makes,
    says: 'CreateChildFile for an extension alone makes up a name that ends with it.',
    async run(world) {
      const answer = await made(world, await world.places.open(), suggesting('.xlsx').headers)
      expectStatus(answer, [200])
      const name = fileNameIn(answer)
      expectThat(name.endsWith('.xlsx') && name.length > 5, 'a name that ends in .xlsx', `"${name}"`)
    },
  },
  {
    ...makes,
    says: 'A file that CreateChildFile made takes its first content without a lock.',
    covers: ['createChildFile', 'putFile'],
    async run(world) {
      const { headers } = insisting(world.workplace.newName('.txt'))
      const answer = given(await made(world, await world.places.open(), headers), 'CreateChildFile')
      const target = world.workplace.adopt(answer)
      expectStatus(await target.ask('putFile', { content: bytesOf('begun') }), [200])
      expectThat((await textIn(target)) === 'begun', 'the content "begun"', `"${await textIn(target)}"`)
    },
  },
  {
    ...makes,
    says: 'The same suggested name makes two files of different names with the same extension.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('.txt')]
      const first = given(await made(world, box, suggesting(name).headers), 'CreateChildFile')
      const second = await made(world, box, suggesting(name).headers)
      expectStatus(second, [200])
      const [one, two] = [fileNameIn(first), fileNameIn(second)]
      expectThat(one !== two && two.endsWith('.txt'), 'another name that ends in .txt', `"${two}"`)
    },
  },
  {
    ...makes,
    says: 'CreateChildFile for a suggested name that is taken leaves the other file as it is.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('.txt')]
      const target = await filled(world, box, name)
      const headers = { ...suggesting(name).headers, 'X-WOPI-OverwriteRelativeTarget': 'true' }
      expectStatus(await made(world, box, headers), [200])
      expectThat((await textIn(target)) === 'in place', 'the content "in place"', `"${await textIn(target)}"`)
    },
  },
  {
    ...makes,
    says: 'CreateChildFile for exactly a name that is taken is refused with 409, and the other file stays as it is.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('.txt')]
      const target = await filled(world, box, name)
      expectStatus(await made(world, box, insisting(name).headers), [409])
      expectThat((await textIn(target)) === 'in place', 'the content "in place"', `"${await textIn(target)}"`)
    },
  },
  {
    ...makes,
    says: 'CreateChildFile that may overwrite makes a file whose Url opens it.',
    async run(world) {
      const [box, name] = [await world.places.open(), world.workplace.newName('.txt')]
      await filled(world, box, name)
      const headers = { ...insisting(name).headers, 'X-WOPI-OverwriteRelativeTarget': 'True' }
      const answer = await made(world, box, headers)
      // A user who may not overwrite is told that there is no such operation.
      expectStatus(answer, [200, 501])
      if (answer.status === 501) return
      expectThat(fileNameIn(answer).endsWith('.txt'), 'a name that ends in .txt', `"${fileNameIn(answer)}"`)
      expectThat((await contentOf(world.workplace.adopt(answer))).byteLength === 0, 'an empty file', 'another')
    },
  },
  {
    ...makes,
    says: 'CreateChildFile does not overwrite a file that somebody holds, and the 409 names the lock.',
    promised: ['SupportsContainers', 'SupportsLocks'],
    async run(world) {
      const [box, name, lock] = [await world.places.open(), world.workplace.newName('.txt'), world.newLock()]
      await locked(await filled(world, box, name), lock)
      const headers = { ...insisting(name).headers, 'X-WOPI-OverwriteRelativeTarget': 'true' }
      const answer = await made(world, box, headers)
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    ...makes,
    says: 'CreateChildFile with a suggested and an exact name is refused with 501.',
    async run(world) {
      const raw = encodeUtf7(world.workplace.newName('.txt'))
      const headers = { 'X-WOPI-SuggestedTarget': raw, 'X-WOPI-RelativeTarget': raw }
      expectStatus(await made(world, await world.places.open(), headers), [501])
    },
  },
  {
    ...makes,
    says: 'CreateChildFile without a name is refused.',
    async run(world) {
      expectStatus(await made(world, await world.places.open(), {}), [400, 501])
    },
  },
  ...refused,
  ...better,
  {
    ...makes,
    says: 'The 400 of CreateChildFile says in X-WOPI-InvalidFileNameError what is wrong with the name.',
    severity: 'should',
    async run(world) {
      const answer = await made(world, await world.places.open(), { 'X-WOPI-RelativeTarget': 'a+AC8-b.txt' })
      expectStatus(answer, [400])
      expectThat(Boolean(answer.headers.get('X-WOPI-InvalidFileNameError')), 'the header', 'none')
    },
  },
]
