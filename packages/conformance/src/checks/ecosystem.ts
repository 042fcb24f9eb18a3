import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { listIn, pointerIn } from '../places.ts'
import { docs, shown } from '../words.ts'
import { says } from '../world.ts'
import { containerInfoOf } from './named-in.ts'

const about = {
  group: 'ecosystem',
  promised: ['SupportsEcosystem'],
  spec: `${docs.rest}/ecosystem/checkecosystem`,
} as const
const onContainers = ['SupportsEcosystem', 'SupportsContainers'] as const

const isAddress = (url: unknown) =>
  typeof url === 'string' && /^https?:\/\/.+\/ecosystem\?(.*&)?access_token=/.test(url)

/** Where a user's files begin. */
export const ecosystem: readonly Check[] = [
  {
    ...about,
    says: 'GetEcosystem of a file answers the Url of the ecosystem with a token, and it answers CheckEcosystem.',
    covers: ['getEcosystem', 'checkEcosystem'],
    spec: `${docs.rest}/files/getecosystem`,
    async run({ file, places }) {
      const answer = await file.ask('getEcosystem')
      expectStatus(answer, [200])
      const { Url } = jsonOf(answer) ?? {}
      expectThat(isAddress(Url), '…/ecosystem?access_token=…', typeof Url)
      expectStatus(await (await places.ecosystem()).ask('checkEcosystem'), [200], 'to CheckEcosystem')
    },
  },
  {
    ...about,
    says: 'GetEcosystem of a container answers the Url of the ecosystem with a token.',
    covers: ['getContainerEcosystem'],
    promised: onContainers,
    spec: `${docs.rest}/containers/getecosystem`,
    async run({ places }) {
      const answer = await (await places.parent()).ask('getContainerEcosystem')
      expectStatus(answer, [200])
      expectThat(isAddress(jsonOf(answer)?.['Url']), '…/ecosystem?access_token=…', typeof jsonOf(answer)?.['Url'])
    },
  },
  {
    ...about,
    says: 'CheckEcosystem says SupportsContainers where CheckFileInfo says it, and does not where it does not.',
    covers: ['checkEcosystem'],
    async run({ info, places }) {
      const { SupportsContainers = false } =
        jsonOf(given(await (await places.ecosystem()).ask('checkEcosystem'), 'CheckEcosystem')) ?? {}
      const expected = says(info, 'SupportsContainers')
      expectThat(SupportsContainers === expected, `SupportsContainers: ${expected}`, shown(SupportsContainers))
    },
  },
  {
    ...about,
    says: 'GetRootContainer answers a container whose Url opens it, and that lies in no other.',
    covers: ['getRootContainer', 'enumerateContainerAncestors'],
    promised: onContainers,
    spec: `${docs.rest}/ecosystem/getrootcontainer`,
    async run({ places, workplace }) {
      const answer = await (await places.ecosystem()).ask('getRootContainer')
      expectStatus(answer, [200])
      const { Name, Url } = pointerIn(answer)
      const [wopiSrc = '', query = ''] = String(Url).split('?')
      const root = workplace.at(wopiSrc, new URLSearchParams(query).get('access_token') ?? '')
      expectThat((await containerInfoOf(root))['Name'] === Name, `Name ${shown(Name)}`, 'another')
      const above = listIn(await root.ask('enumerateContainerAncestors'), 'AncestorsWithRootFirst')
      expectThat(above.length === 0, 'no ancestors', `${above.length}`)
    },
  },
  {
    ...about,
    says: 'The first ancestor of a file is the root container that the ecosystem names.',
    covers: ['getRootContainer', 'enumerateAncestors'],
    promised: onContainers,
    spec: `${docs.rest}/ecosystem/getrootcontainer`,
    async run({ file, places }) {
      const root = pointerIn(given(await (await places.ecosystem()).ask('getRootContainer'), 'GetRootContainer'))['Url']
      const ancestors = listIn(
        given(await file.ask('enumerateAncestors'), 'EnumerateAncestors'),
        'AncestorsWithRootFirst',
      )
      const [first, expected] = [ancestors[0]?.['Url'], root].map((url) => String(url).split('?')[0])
      expectThat(first === expected, String(expected), String(first))
    },
  },
  {
    ...about,
    says: 'The token of a file does not open the ecosystem.',
    covers: ['checkEcosystem'],
    async run({ file, places }) {
      const ecosystem = await places.ecosystem()
      if (ecosystem.token === file.token) throw new CannotRun('The host gave the ecosystem the token of the file.')
      expectStatus(await ecosystem.ask('checkEcosystem', {}, { token: file.token }), [401, 404])
    },
  },
  {
    ...about,
    says: 'GetFileWopiSrc finds the file behind its HostEditUrl or HostViewUrl.',
    covers: ['getFileWopiSrc'],
    promised: ['SupportsEcosystem', 'SupportsGetFileWopiSrc'],
    spec: `${docs.rest}/ecosystem/getfilewopisrc`,
    async run({ info, file, places }) {
      const hostNativeFileName = info['HostEditUrl'] ?? info['HostViewUrl']
      if (typeof hostNativeFileName !== 'string') throw new CannotRun('CheckFileInfo says no address of a page.')
      const answer = await (await places.ecosystem()).ask('getFileWopiSrc', { hostNativeFileName })
      expectStatus(answer, [200])
      const found = String(jsonOf(answer)?.['Url']).split('?')[0]
      expectThat(found === file.wopiSrc, file.wopiSrc, String(found))
    },
  },
  {
    ...about,
    says: 'GetFileWopiSrc for a name that stands for no file answers 404.',
    covers: ['getFileWopiSrc'],
    promised: ['SupportsEcosystem', 'SupportsGetFileWopiSrc'],
    spec: `${docs.rest}/ecosystem/getfilewopisrc`,
    async run({ places }) {
      const asked = { hostNativeFileName: 'openwopi-check-no-such-file' }
      expectStatus(await (await places.ecosystem()).ask('getFileWopiSrc', asked), [404])
    },
  },
]
