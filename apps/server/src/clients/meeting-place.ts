import type { Describe } from '@openwopi/host'
import { isForOthers } from '../addresses.ts'
import type { Site } from '../site.ts'
import { extensionOf } from './editors.ts'

/** The code for a place that is not known, as ISO 3166 leaves it to its users. */
const unknownPlace = 'ZZ'

/**
 * Where those who have a file open together meet: the services that their client names for such files. Nothing, if it
 * names none: the client then does not offer to write at the same time.
 */
export const meetingPlace =
  ({ config, editors }: Pick<Site, 'config' | 'editors'>): Describe =>
  ({ name }, { client, share }) => {
    const { collab, rtc } = editors.servicesOf(client, extensionOf(name)) ?? {}
    if (collab === undefined || rtc === undefined) return {}
    return {
      OfficeCollaborationServiceEndpointUrl: collab,
      RealTimeChannelEndpointUrl: rtc,
      // Whoever may sign in here has every file.
      SharingStatus: isForOthers(config) || share !== undefined ? 'Shared' : 'Private',
      FileGeoLocationCode: config.geoLocation ?? unknownPlace,
    }
  }
