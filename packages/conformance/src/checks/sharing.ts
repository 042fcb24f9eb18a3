import { shareUrlTypes } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import type { World } from '../world.ts'
import { containerInfoOf } from './named-in.ts'

const onFile = {
  group: 'sharing',
  covers: ['getShareUrl'],
  promised: ['SupportedShareUrlTypes'],
  spec: `${docs.rest}/files/getshareurl`,
} as const
const onContainer = {
  group: 'sharing',
  covers: ['getContainerShareUrl'],
  promised: ['SupportsContainers'],
  needs: ['container'],
  spec: `${docs.rest}/containers/getshareurl`,
} as const
const restricted = {
  group: 'sharing',
  promised: ['SupportsScenarioLinks'],
  needs: ['own'],
  spec: `${docs.openspecs}/getrestrictedlink`,
} as const

const typesIn = (info: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(info['SupportedShareUrlTypes']) ? info['SupportedShareUrlTypes'] : []

function expectShareUrl(answer: Answer, { token }: Target): void {
  expectStatus(answer, [200])
  const { ShareUrl } = jsonOf(answer) ?? {}
  expectThat(typeof ShareUrl === 'string' && /^https?:\/\/[^/]/.test(ShareUrl), 'an absolute ShareUrl', shown(ShareUrl))
  expectThat(!ShareUrl.includes(encodeURIComponent(token)), 'no access token in it', 'the access token')
}

const ofFiles = shareUrlTypes.map(
  (type): Check => ({
    ...onFile,
    says: `GetShareUrl answers an absolute address of type ${type} where CheckFileInfo says that type, and 501 where not.`,
    needs: ['own'],
    async run(world) {
      const target = await world.scratch()
      const answer = await target.ask('getShareUrl', { urlType: type })
      if (typesIn(world.info).includes(type)) expectShareUrl(answer, target)
      else expectStatus(answer, [501])
    },
  }),
)

const ofContainers = shareUrlTypes.map(
  (type): Check => ({
    ...onContainer,
    says: `GetShareUrl of a container answers an address of type ${type} where CheckContainerInfo says it, and 501 where not.`,
    async run({ places }) {
      const box = await places.open()
      const isPromised = typesIn(await containerInfoOf(box)).includes(type)
      const answer = await box.ask('getContainerShareUrl', { urlType: type })
      if (isPromised) expectShareUrl(answer, box)
      else expectStatus(answer, [501])
    },
  }),
)

const unknownTypes = ([undefined, 'Openwopi'] as const).map(
  (type): Check => ({
    ...onFile,
    says: `GetShareUrl ${type === undefined ? 'without a type' : 'for a type that does not exist'} answers 501.`,
    async run({ file }) {
      expectStatus(await file.ask('getShareUrl', type === undefined ? {} : { urlType: type }), [501])
    },
  }),
)

const forms = 'FORMS'

async function linkTo(target: Target): Promise<string> {
  const link = given(await target.ask('getRestrictedLink', { kind: forms }), 'GetRestrictedLink').headers
  return link.get('X-WOPI-RestrictedUseLink') ?? ''
}

/** Links by which users let others in. */
export const sharing: readonly Check[] = [
  ...ofFiles,
  ...unknownTypes,
  ...ofContainers,
  {
    ...restricted,
    says: 'GetRestrictedLink answers an absolute address in X-WOPI-RestrictedUseLink.',
    covers: ['getRestrictedLink'],
    async run(world) {
      const answer = await (await world.scratch()).ask('getRestrictedLink', { kind: forms })
      expectStatus(answer, [200])
      const link = answer.headers.get('X-WOPI-RestrictedUseLink') ?? ''
      expectThat(/^https?:\/\/[^/]/.test(link), 'an absolute address', shown(link))
    },
  },
  {
    ...restricted,
    says: 'A restricted link that was revoked is not given again.',
    covers: ['getRestrictedLink', 'revokeRestrictedLink'],
    spec: `${docs.openspecs}/revokerestrictedlink`,
    async run(world) {
      const target = await world.scratch()
      const before = await linkTo(target)
      expectStatus(await target.ask('revokeRestrictedLink', { kind: forms }), [200])
      const after = await linkTo(target)
      expectThat(before !== after, 'another link', 'the same link')
    },
  },
  {
    ...restricted,
    says: 'GetRestrictedLink for a use that does not exist is refused.',
    covers: ['getRestrictedLink'],
    async run(world) {
      expectStatus(await (await world.scratch()).ask('getRestrictedLink', { kind: 'OPENWOPI' }), [400, 501])
    },
  },
  {
    group: 'sharing',
    says: 'ReadSecureStore for an application that the host does not know gives nothing away.',
    covers: ['readSecureStore'],
    promised: ['SupportsSecureStore'],
    spec: `${docs.openspecs}/readsecurestore`,
    async run({ file }: World) {
      const answer = await file.ask('readSecureStore', { applicationId: 'openwopi-check-no-such-application' })
      if (answer.status === 501) throw new CannotRun('ReadSecureStore is promised and answers 501.')
      expectStatus(answer, [404, 500])
    },
  },
]
