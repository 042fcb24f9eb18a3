import type { Operation, Part } from '@openwopi/protocol'

const samples: Readonly<Record<string, unknown>> = {
  'lock id': 'openwopi-check-sample',
  'UTF-7 text': 'openwopi-check-sample',
  'comma-separated list': ['sample'],
  'true | false': false,
  integer: 1,
  presence: true,
  bytes: new Uint8Array(0),
  JSON: {},
}

/** Something to say in every part that a request must have. A lock id, for one, that nobody holds anything with. */
export const sampleInput = ({ request }: Operation): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(request)
      .filter(([, part]) => !part.optional)
      .map(([name, { type }]) => [name, samples[type] ?? 'sample']),
  )

/** The headers that a request must have, beside the one that picks the operation. */
export const requiredHeaders = ({ request, sentWith }: Operation): string[] =>
  Object.values<Part<never> | Part<unknown>>(request)
    .filter(({ optional, place }) => !optional && place !== 'body' && place !== sentWith)
    .map(({ place }) => place)
