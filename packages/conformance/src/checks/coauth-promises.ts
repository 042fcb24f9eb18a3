import type { PropertyName } from '@openwopi/protocol'
import type { Check } from '../check.ts'
import { expectThat } from '../findings.ts'
import { docs, shown } from '../words.ts'
import { save } from '../world.ts'
import { fileInfoOf } from './named-in.ts'

const about = {
  group: 'coauth',
  covers: ['checkFileInfo'],
  promised: ['SupportsCoauth'],
  spec: `${docs.rest}/files/checkfileinfo`,
} as const

const isAddress = (value: unknown) => typeof value === 'string' && /^https?:\/\/[^/]/.test(value)
const isTime = (value: unknown) => Number.isInteger(value) && Number(value) >= 0

/** What a client has to be told before it believes SupportsCoauth. */
const needed: Partial<Readonly<Record<PropertyName, (value: unknown) => boolean>>> = {
  SequenceNumber: (value) => Number.isInteger(value) && Number(value) > 0,
  OfficeCollaborationServiceEndpointUrl: isAddress,
  RealTimeChannelEndpointUrl: isAddress,
  AccessTokenExpiry: isTime,
  ServerTime: (value) => isTime(value) && Number(value) > 0,
  SharingStatus: (value) => value === 'Private' || value === 'Shared',
  FileGeoLocationCode: (value) => typeof value === 'string' && value !== '',
  SupportsLocks: (value) => value === true,
  SupportsUpdate: (value) => value === true,
  SupportsUserInfo: (value) => value === true,
}

/** What a host with co-authoring says of itself: all of it, or clients take it for one without. */
export const coauthPromises: readonly Check[] = [
  ...Object.entries(needed).map(
    ([name, isRight]): Check => ({
      ...about,
      says: `A host that promises SupportsCoauth says ${name} too.`,
      async run({ info }) {
        expectThat(isRight(info[name]), name, shown(info[name]))
      },
    }),
  ),
  {
    ...about,
    says: 'ServerTime is the time at the host, in milliseconds since the epoch.',
    async run({ info, now }) {
      const apart = Math.abs(Number(info['ServerTime']) - now())
      expectThat(apart < 600_000, 'within ten minutes of now', `${Math.round(apart / 1000)} seconds apart`)
    },
  },
  {
    ...about,
    says: 'SequenceNumber in CheckFileInfo is the one that GetSequenceNumber answers, also after a save.',
    covers: ['checkFileInfo', 'getSequenceNumber'],
    needs: ['own'],
    async run(world) {
      const target = await world.scratch('before')
      await save(world, target, 'after')
      const found = (await target.ask('getSequenceNumber')).headers.get('X-WOPI-SequenceNumber')
      const { SequenceNumber } = await fileInfoOf(target)
      expectThat(String(SequenceNumber) === found, String(found), shown(SequenceNumber))
    },
  },
]
