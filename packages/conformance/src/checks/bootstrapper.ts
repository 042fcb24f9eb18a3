import { type Answer, jsonOf } from '../answer.ts'
import type { BootstrapperTarget } from '../bootstrapper-target.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { docs, shown } from '../words.ts'
import type { World } from '../world.ts'

const enters = {
  group: 'bootstrapper',
  covers: [],
  needs: ['bootstrapper'],
  spec: `${docs.rest}/bootstrapper/bootstrap`,
} as const

function bootstrapperOf({ bootstrapper }: World): BootstrapperTarget {
  if (!bootstrapper) throw new CannotRun('There is no address of a bootstrapper.')
  return bootstrapper
}

function partOf(answer: Answer, name: string): Readonly<Record<string, unknown>> {
  const part = jsonOf(answer)?.[name]
  return typeof part === 'object' && part !== null ? { ...part } : {}
}

const unknown: readonly (readonly [what: string, authorization: string | undefined])[] = [
  ['without a token', undefined],
  ['with an empty token', 'Bearer '],
  ['with a made-up token', 'Bearer openwopi-check-made-up'],
  ['with a password instead of a token', 'Basic b3Blbjp3b3Bp'],
]

const refused = unknown.map(
  ([what, Authorization]): Check => ({
    ...enters,
    says: `Bootstrap ${what} is refused with 401 and says where to sign in.`,
    async run(world) {
      const answer = await bootstrapperOf(world).get({ Authorization })
      expectStatus(answer, [401])
      expectThat(answer.headers.has('WWW-Authenticate'), 'WWW-Authenticate', 'none')
    },
  }),
)

const members = ['EcosystemUrl', 'UserId', 'SignInName'].map(
  (name): Check => ({
    ...enters,
    says: `Bootstrap answers ${name}.`,
    async run(world) {
      const answer = await bootstrapperOf(world).get()
      expectStatus(answer, [200])
      const value = partOf(answer, 'Bootstrap')[name]
      expectThat(typeof value === 'string' && value !== '', name, shown(value))
    },
  }),
)

const challengeOf = async (world: World) =>
  (await bootstrapperOf(world).get({ Authorization: undefined })).headers.get('WWW-Authenticate') ?? ''

const foreign: readonly (readonly [what: string, change: (wopiSrc: string) => string])[] = [
  ['a file that does not exist', (wopiSrc) => wopiSrc.replace(/[^/]+$/, 'openwopi-check-no-such-file')],
  ['a file of another host', (wopiSrc) => wopiSrc.replace(/^https?:\/\/[^/]+/, 'https://openwopi-check.example')],
]

/** The way in for programs that hold a token of an authorization server. */
export const bootstrapper: readonly Check[] = [
  ...refused,
  {
    ...enters,
    says: 'WWW-Authenticate of the bootstrapper is one Bearer challenge with authorization_uri and tokenIssuance_uri in quotation marks.',
    async run(world) {
      const challenge = await challengeOf(world)
      const bearers = challenge.match(/\bBearer\b/gi)?.length ?? 0
      expectThat(bearers === 1, 'Bearer once', shown(challenge))
      const isWhole = ['authorization_uri', 'tokenIssuance_uri'].every((name) =>
        new RegExp(`${name}="https?://[^"]+"`).test(challenge),
      )
      expectThat(isWhole && !/,\s*$/.test(challenge), 'both addresses in quotation marks', shown(challenge))
    },
  },
  {
    ...enters,
    says: 'UrlSchemes, where WWW-Authenticate says it, is percent-encoded JSON.',
    async run(world) {
      const found = /UrlSchemes="([^"]*)"/.exec(await challengeOf(world))?.[1]
      if (found === undefined) throw new CannotRun('WWW-Authenticate does not say UrlSchemes.')
      let schemes: unknown
      try {
        schemes = JSON.parse(decodeURIComponent(found))
      } catch {
        schemes = undefined
      }
      expectThat(typeof schemes === 'object' && schemes !== null, 'a JSON object', shown(found))
    },
  },
  ...members,
  {
    ...enters,
    says: 'The EcosystemUrl that Bootstrap answers opens the ecosystem.',
    covers: ['checkEcosystem'],
    promised: ['SupportsEcosystem'],
    async run(world) {
      const answer = given(await bootstrapperOf(world).get(), 'Bootstrap')
      const [address = '', query = ''] = String(partOf(answer, 'Bootstrap')['EcosystemUrl']).split('?')
      const ecosystem = world.workplace.at(address, new URLSearchParams(query).get('access_token') ?? '')
      expectStatus(await ecosystem.ask('checkEcosystem'), [200])
    },
  },
  {
    ...enters,
    says: 'GetNewAccessToken answers a token that opens the file, and when it ends.',
    covers: ['checkFileInfo'],
    spec: `${docs.rest}/bootstrapper/getnewaccesstoken`,
    async run(world) {
      const headers = { 'X-WOPI-WopiSrc': world.file.wopiSrc }
      const answer = await bootstrapperOf(world).post('GET_NEW_ACCESS_TOKEN', headers)
      expectStatus(answer, [200])
      const { AccessToken, AccessTokenExpiry } = partOf(answer, 'AccessTokenInfo')
      expectThat(Number.isInteger(AccessTokenExpiry), 'AccessTokenExpiry, a whole number', shown(AccessTokenExpiry))
      const opened = world.workplace.at(world.file.wopiSrc, String(AccessToken))
      expectStatus(await opened.ask('checkFileInfo'), [200], 'to CheckFileInfo with the new token')
    },
  },
  ...foreign.map(
    ([what, change]): Check => ({
      ...enters,
      says: `GetNewAccessToken for ${what} answers 404.`,
      spec: `${docs.rest}/bootstrapper/getnewaccesstoken`,
      async run(world) {
        const headers = { 'X-WOPI-WopiSrc': change(world.file.wopiSrc) }
        expectStatus(await bootstrapperOf(world).post('GET_NEW_ACCESS_TOKEN', headers), [404])
      },
    }),
  ),
  {
    ...enters,
    says: 'GetRootContainer at the bootstrapper answers the root container, or what Bootstrap answers.',
    covers: ['checkContainerInfo'],
    promised: ['SupportsContainers'],
    spec: `${docs.rest}/bootstrapper/getrootcontainer`,
    async run(world) {
      const answer = await bootstrapperOf(world).post('GET_ROOT_CONTAINER')
      expectStatus(answer, [200])
      const { ContainerPointer } = partOf(answer, 'RootContainerInfo')
      if (ContainerPointer === undefined) {
        const { EcosystemUrl } = partOf(answer, 'Bootstrap')
        return expectThat(typeof EcosystemUrl === 'string', 'RootContainerInfo, or Bootstrap', shown(jsonOf(answer)))
      }
      const { Url } = { Url: '', ...(ContainerPointer as object) }
      const [address = '', query = ''] = String(Url).split('?')
      const root = world.workplace.at(address, new URLSearchParams(query).get('access_token') ?? '')
      expectStatus(await root.ask('checkContainerInfo'), [200], 'to CheckContainerInfo at its Url')
    },
  },
  {
    ...enters,
    says: 'GetFileWopiSrc at the bootstrapper leads to the file behind its HostEditUrl, or answers what Bootstrap answers.',
    covers: ['getFileWopiSrc'],
    spec: `${docs.rest}/bootstrapper/getfilewopisrc`,
    async run(world) {
      const name = world.info['HostEditUrl'] ?? world.info['HostViewUrl']
      if (typeof name !== 'string') throw new CannotRun('CheckFileInfo says no address of a page.')
      const headers = { 'X-WOPI-HostNativeFileName': name }
      const answer = await bootstrapperOf(world).post('GET_WOPI_SRC_WITH_ACCESS_TOKEN', headers)
      expectStatus(answer, [200])
      const { Url } = partOf(answer, 'WopiSrcInfo')
      if (Url === undefined) {
        const { EcosystemUrl } = partOf(answer, 'Bootstrap')
        return expectThat(typeof EcosystemUrl === 'string', 'WopiSrcInfo, or Bootstrap', shown(jsonOf(answer)))
      }
      const found = String(Url).split('?')[0]
      expectThat(found === world.file.wopiSrc, world.file.wopiSrc, String(found))
    },
  },
  {
    ...enters,
    says: 'The bootstrapper is reached over HTTPS, as tokens of an authorization server must be.',
    severity: 'should',
    async run(world) {
      const { protocol, hostname } = new URL(bootstrapperOf(world).url)
      if (/^(127\.|\[?::1|localhost)/.test(hostname)) throw new CannotRun('The bootstrapper is on this machine.')
      expectThat(protocol === 'https:', 'https', protocol.slice(0, -1))
    },
  },
]
