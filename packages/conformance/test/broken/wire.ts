import { answersWith, type Break, overrideOf, plain } from './break.ts'
import { keepsPart } from './keeps-part.ts'
import { agreesWithAll } from './rewritten.ts'

const onSocket = (does: string, make: Break['make']): Break => ({ does, groups: ['limits'], make, isOnSocket: true })

const hasHeader = (name: string) => (request: Request) => request.headers.has(name)

/** Wrong about bytes as they arrive. */
export const wireBreaks: readonly Break[] = [
  onSocket('keeps what came of a body that broke off', keepsPart),
  onSocket(
    'opens every path there is',
    agreesWithAll(({ method, url }) => method === 'GET' && url.includes('/contents')),
  ),
  onSocket(
    'knows headers as they are usually spelt',
    answersWith(
      ({ headers }) => /x-wopi-override|X-WOPI-OVERRIDE/.test(headers.get('X-Test-Names') ?? ''),
      () => plain(501),
    ),
  ),
  onSocket(
    'expects nothing',
    answersWith(hasHeader('Expect'), () => plain(417)),
  ),
  onSocket(
    'refuses what it does not know',
    answersWith(hasHeader('X-WOPI-OpenwopiCheck'), () => plain(400)),
  ),
  onSocket(
    'counts in 31 bits',
    answersWith(
      ({ headers }) => Number(headers.get('X-WOPI-MaxExpectedSize')) > 2 ** 31,
      () => plain(400),
    ),
  ),
  onSocket('is cross for a while after it has refused somebody', (next) => {
    let isCross = false
    return async (request) => {
      if (isCross) return plain(500)
      const response = await next(request)
      isCross = response.status === 401 && overrideOf(request) === ''
      return response
    }
  }),
]
