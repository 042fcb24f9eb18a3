import { actionUrl, type Discovery, pickAction } from '@openwopi/protocol'

/** The services by which a client lets people edit one file together. */
export interface Services {
  readonly collab: string | undefined
  readonly rtc: string | undefined
}

/** More kinds of files than this are not remembered. */
const mostKinds = 1000

/** Finds the services that discovery documents name for kinds of files. Every CheckFileInfo asks, so they are remembered. */
export function findServices(offers: ReadonlySet<string>): (discovery: Discovery, extension: string) => Services {
  const known = new WeakMap<Discovery, Map<string, Services>>()

  function look(discovery: Discovery, extension: string): Services {
    const service = (wanted: string) => {
      const action = pickAction(discovery, { extension, wanted, canWrite: true, offers })?.action
      return action && actionUrl(action.urlsrc, { WOPI_SOURCE: undefined })
    }
    return { collab: service('collab'), rtc: service('rtc') }
  }

  return (discovery, extension) => {
    const ofThis = known.get(discovery) ?? new Map<string, Services>()
    const found = ofThis.get(extension) ?? look(discovery, extension)
    if (ofThis.size >= mostKinds) ofThis.clear()
    known.set(discovery, ofThis.set(extension, found))
    return found
  }
}
