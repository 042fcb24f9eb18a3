import { altered, type Break, isContents, overrideOf, plain } from './break.ts'
import { agreesWithAll } from './rewritten.ts'

const is =
  (...overrides: string[]) =>
  (request: Request) =>
    overrides.includes(overrideOf(request))

/** Of these operations, all win that come while another is under way. */
const allWin = (...overrides: string[]): Break => ({
  does: `lets every ${overrides.join(' and ')} win that comes while another is under way`,
  groups: ['races'],
  make: (next) => {
    let underway = 0
    return async (request) => {
      if (!is(...overrides)(request)) return next(request)
      const isRace = ++underway > 1
      await new Promise((resolve) => setImmediate(resolve))
      const response = await next(request)
      underway--
      return isRace && response.status === 409 ? plain(200) : response
    }
  },
})

/** Wrong about what happens at the same time. */
export const raceBreaks: readonly Break[] = [
  allWin('LOCK'),
  allWin('RELOCK'),
  allWin('UNLOCK'),
  allWin('UNLOCK', 'RELOCK'),
  allWin('PUT_RELATIVE'),
  { does: 'says that it has saved what it refused', groups: ['races'], make: agreesWithAll(is('PUT')) },
  {
    does: 'has one version for all that is saved at the same time',
    groups: ['races'],
    make: (next) => async (request) => {
      const response = await next(request)
      return is('PUT')(request) ? altered(response, { headers: { 'X-WOPI-ItemVersion': '1' } }) : response
    },
  },
  {
    does: 'shows a file as it is being written',
    groups: ['races'],
    make: (next) => {
      let underway = 0
      return async (request) => {
        if (isContents(request) && underway > 0) return plain(200, 'half a file')
        if (!is('PUT')(request)) return next(request)
        underway++
        await new Promise((resolve) => setImmediate(resolve))
        const response = await next(request)
        underway--
        return response
      }
    },
  },
]
