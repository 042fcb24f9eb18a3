import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import { isWritable, says, type World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/checkfileinfo'
const about = { group: 'check-file-info', covers: ['checkFileInfo'], spec } as const

const plus = [
  'SupportsCoauth',
  'SequenceNumber',
  'OfficeCollaborationServiceEndpointUrl',
  'RealTimeChannelEndpointUrl',
  'AccessTokenExpiry',
  'ServerTime',
  'SharingStatus',
  'FileGeoLocationCode',
]

const textIn = (info: World['info'], name: string): string => {
  const value = info[name]
  if (typeof value !== 'string' || value === '') throw new CannotRun(`CheckFileInfo does not say ${name}.`)
  return value
}

const required = ['BaseFileName', 'OwnerId', 'UserId', 'Version', 'Size'].map(
  (name): Check => ({
    ...about,
    says: `CheckFileInfo says ${name}, and not as an empty one.`,
    async run({ info }) {
      const value = info[name]
      expectThat(value !== undefined && value !== null && value !== '', name, JSON.stringify(value) ?? 'nothing')
    },
  }),
)

const plusNames = plus.map(
  (name): Check => ({
    ...about,
    says: `${name} is said only by a host with co-authoring (CSPP Plus).`,
    async run({ info }) {
      if (says(info, 'SupportsCoauth')) throw new CannotRun('The host promises SupportsCoauth.')
      expectThat(!(name in info), 'nothing', `${name}: ${JSON.stringify(info[name])}`)
    },
  }),
)

const identifiers = ['UserId', 'OwnerId'].map(
  (name): Check => ({
    ...about,
    says: `${name} is made of letters and digits alone.`,
    severity: 'should',
    async run({ info }) {
      const value = textIn(info, name)
      expectThat(/^[A-Za-z0-9]+$/.test(value), 'letters and digits', `"${value}"`)
    },
  }),
)

const byHand: readonly Check[] = [
  {
    ...about,
    says: 'CheckFileInfo answers application/json.',
    async run({ infoAnswer }) {
      const type = infoAnswer.headers.get('Content-Type') ?? 'none'
      expectThat(/^application\/json\b/i.test(type), 'Content-Type application/json', type)
    },
  },
  {
    ...about,
    says: 'No property of CheckFileInfo is null: what does not apply is left out.',
    severity: 'should',
    async run({ info }) {
      const names = Object.keys(info).filter((name) => info[name] === null)
      expectThat(names.length === 0, 'no null', names.join(', '))
    },
  },
  {
    ...about,
    says: 'BaseFileName is a name and no path.',
    async run({ info }) {
      const name = textIn(info, 'BaseFileName')
      expectThat(!/[/\\]/.test(name), 'neither / nor \\', `"${name}"`)
    },
  },
  {
    ...about,
    says: 'FileExtension begins with a dot and is that of BaseFileName.',
    async run({ info }) {
      const [name, extension] = [textIn(info, 'BaseFileName'), textIn(info, 'FileExtension')]
      const isRight = extension.startsWith('.') && name.toLowerCase().endsWith(extension.toLowerCase())
      expectThat(isRight, `the extension of "${name}" with its dot`, `"${extension}"`)
    },
  },
  {
    ...about,
    says: 'LastModifiedTime is in UTC, with its Z.',
    severity: 'should',
    async run({ info }) {
      const time = textIn(info, 'LastModifiedTime')
      expectThat(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time), '2026-01-31T12:00:00.0000000Z', time)
    },
  },
  {
    ...about,
    says: 'SHA256 is 32 bytes in Base64.',
    async run({ info }) {
      const value = textIn(info, 'SHA256')
      expectThat(/^[A-Za-z0-9+/]{43}=$/.test(value), '44 characters of Base64', `"${value}"`)
    },
  },
  {
    ...about,
    says: 'UserInfo is at most 1,024 characters long.',
    async run({ info }) {
      const value = textIn(info, 'UserInfo')
      expectThat(value.length <= 1024, 'at most 1024 characters', `${value.length}`)
    },
  },
  {
    ...about,
    says: 'HostViewUrl and HostEditUrl are pages of the host, not of Office.',
    async run({ info }) {
      const urls = ['HostViewUrl', 'HostEditUrl'].map((name) => info[name]).filter((url) => typeof url === 'string')
      if (urls.length === 0) throw new CannotRun('CheckFileInfo says neither.')
      const wrong = urls.filter((url) => /^https:\/\/.*?\.officeapps(-df)?\.live\.com.+/.test(url))
      expectThat(wrong.length === 0, 'addresses of the host', wrong.join(', '))
    },
  },
  {
    ...about,
    says: 'A file that is ReadOnly is not one that UserCanWrite.',
    async run({ info }) {
      if (!says(info, 'ReadOnly')) throw new CannotRun('The file is not read-only.')
      expectThat(!says(info, 'UserCanWrite'), 'UserCanWrite: false', 'UserCanWrite: true')
    },
  },
  {
    ...about,
    says: 'LicenseCheckForEditIsEnabled comes with the HostEditUrl that it needs.',
    promised: ['LicenseCheckForEditIsEnabled'],
    async run({ info }) {
      expectThat(typeof info['HostEditUrl'] === 'string', 'HostEditUrl', 'none')
    },
  },
  {
    ...about,
    says: 'UserCanNotWriteRelative is said either way, since Collabora takes an absent one for true.',
    client: 'Collabora Online',
    async run({ info }) {
      expectThat(typeof info['UserCanNotWriteRelative'] === 'boolean', 'true or false', 'nothing')
    },
  },
  {
    ...about,
    says: 'A file that may be written has locks, without which Office opens it read-only.',
    client: 'Microsoft 365',
    async run({ info }) {
      if (!isWritable(info)) throw new CannotRun('The user of this token may not write.')
      expectThat(says(info, 'SupportsLocks'), 'SupportsLocks: true', 'none')
    },
  },
  {
    ...about,
    says: 'No property of CheckFileInfo but an address for the client alone holds the access token.',
    severity: 'should',
    async run({ info, file }) {
      const names = Object.keys(info).filter((name) => JSON.stringify(info[name]).includes(file.token))
      expectThat(names.length === 0, 'no access token', names.join(', '))
    },
  },
  {
    ...about,
    says: 'CheckFileInfo with a session context is answered as it is without.',
    async run({ file }) {
      expectStatus(await file.ask('checkFileInfo', { sessionContext: 'openwopi check' }), [200])
    },
  },
  {
    ...about,
    says: 'CheckFileInfo asked twice says the same of the file and its user.',
    async run({ file, info }) {
      const again = jsonOf(given(await file.ask('checkFileInfo'), 'CheckFileInfo')) ?? {}
      const names = ['BaseFileName', 'OwnerId', 'UserId', 'Version', 'Size', 'LastModifiedTime']
      const changed = names.filter((name) => again[name] !== info[name])
      expectThat(changed.length === 0, 'the same', `other ${changed.join(', ')}`)
    },
  },
  {
    ...about,
    says: 'A WOPI endpoint lets no other page of a browser read it (CORS).',
    severity: 'should',
    async run({ file }) {
      const headers = { Origin: 'https://openwopi-check.example' }
      const allowed = (await file.ask('checkFileInfo', {}, { headers })).headers.get('Access-Control-Allow-Origin')
      expectThat(allowed === null, 'no Access-Control-Allow-Origin', String(allowed))
    },
  },
]

/** What the host says of a file. */
export const checkFileInfo: readonly Check[] = [...required, ...plusNames, ...identifiers, ...byHand]
