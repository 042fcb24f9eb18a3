import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat } from '../findings.ts'
import { listIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { containerInfoOf } from './named-in.ts'

const leads = {
  group: 'containers',
  promised: ['SupportsContainers'],
  spec: `${docs.rest}/containers/enumerateancestors`,
} as const

async function ancestorsOf(target: Target, on: 'file' | 'container') {
  const answer = await target.ask(on === 'file' ? 'enumerateAncestors' : 'enumerateContainerAncestors')
  expectStatus(answer, [200])
  expectThat(Array.isArray(jsonOf(answer)?.['AncestorsWithRootFirst']), 'AncestorsWithRootFirst: […]', 'none')
  return listIn(answer, 'AncestorsWithRootFirst')
}

const addressesIn = (list: readonly Readonly<Record<string, unknown>>[]) =>
  list.map(({ Url }) => String(Url).split('?')[0]).join(' ')

/** Where files and containers lie. */
export const ancestors: readonly Check[] = [
  {
    ...leads,
    says: 'A file lies in at least one container, which EnumerateAncestors names with its Url.',
    covers: ['enumerateAncestors'],
    spec: `${docs.rest}/files/enumerateancestors`,
    async run({ file }) {
      const list = await ancestorsOf(file, 'file')
      expectThat(list.length > 0, 'at least one', 'none')
      const wrong = list.filter(({ Name, Url }) => typeof Name !== 'string' || !/^https?:/.test(String(Url)))
      expectThat(wrong.length === 0, 'a Name and a Url each', shown(wrong))
    },
  },
  {
    ...leads,
    says: 'The last ancestor of a file is the container that it lies in: it lists the file.',
    covers: ['enumerateAncestors', 'enumerateChildren'],
    spec: `${docs.rest}/files/enumerateancestors`,
    async run({ file, places }) {
      const answer = await (await places.parent()).ask('enumerateChildren')
      expectStatus(answer, [200])
      const addresses = listIn(answer, 'ChildFiles').map(({ Url }) => String(Url).split('?')[0])
      expectThat(addresses.includes(file.wopiSrc), 'the file among its children', `${addresses.length} other files`)
    },
  },
  {
    ...leads,
    says: 'The Name of an ancestor is the one that CheckContainerInfo says at its Url.',
    covers: ['enumerateAncestors', 'checkContainerInfo'],
    async run({ file, places }) {
      const list = await ancestorsOf(file, 'file')
      const { Name } = await containerInfoOf(await places.parent())
      expectThat(Name === list.at(-1)?.['Name'], shown(list.at(-1)?.['Name']), shown(Name))
    },
  },
  {
    ...leads,
    says: 'The ancestors of a container end with the one that it lies in, and do not hold it itself.',
    covers: ['enumerateContainerAncestors'],
    needs: ['container'],
    async run({ places }) {
      const parent = await places.parent()
      const expected = [...(await ancestorsOf(parent, 'container')), { Url: parent.wopiSrc }]
      const found = await ancestorsOf(await places.open(), 'container')
      expectThat(addressesIn(found) === addressesIn(expected), addressesIn(expected), addressesIn(found))
    },
  },
  {
    ...leads,
    says: 'The ancestors of a file are those of its container, and then the container.',
    covers: ['enumerateAncestors', 'enumerateContainerAncestors'],
    async run({ file, places }) {
      const parent = await places.parent()
      const expected = [...(await ancestorsOf(parent, 'container')), { Url: parent.wopiSrc }]
      const found = await ancestorsOf(file, 'file')
      expectThat(addressesIn(found) === addressesIn(expected), addressesIn(expected), addressesIn(found))
    },
  },
]
