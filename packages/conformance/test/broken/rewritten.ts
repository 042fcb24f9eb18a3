import { altered, type Next, plain } from './break.ts'

export type Json = Record<string, unknown>

/** Changes the JSON of some answers. */
export const rewritten =
  (isMeant: (request: Request) => boolean, change: (json: Json, request: Request) => Json) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    if (!isMeant(request) || response.status !== 200) return response
    return altered(response, { body: JSON.stringify(change((await response.json()) as Json, request)) })
  }

/** Answers 200 where the right host refuses. */
export const agreesWithAll =
  (isMeant: (request: Request) => boolean) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    return isMeant(request) && response.status >= 400 ? plain(200, '{}') : response
  }

/** What has been asked for once in such a way is not there any more. */
export const loses =
  (isMeant: (request: Request) => boolean) =>
  (next: Next): Next => {
    const lost = new Set<string>()
    return async (request) => {
      const { pathname } = new URL(request.url)
      if (lost.has(pathname)) return plain(404)
      if (isMeant(request)) lost.add(pathname)
      return isMeant(request) ? plain(200, '{}') : next(request)
    }
  }
