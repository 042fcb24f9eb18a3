import type { Operation, OperationName, Part } from '@openwopi/protocol'

const samples: Readonly<Record<string, unknown>> = {
  'lock id': 'openwopi-check-sample',
  'UTF-7 text': 'openwopi-check-sample',
  'comma-separated list': ['sample'],
  'true | false': false,
  'Coauth | CoauthExclusive': 'Coauth',
  'seconds from 60 to 3600': 60,
  integer: 1,
  presence: true,
  bytes: new Uint8Array(0),
  JSON: {},
}

/** What an operation has to be asked for so that there is something to answer. */
const asked: { readonly [N in OperationName]?: Readonly<Record<string, unknown>> } = {
  getShareUrl: { urlType: 'ReadOnly' },
  getRestrictedLink: { kind: 'FORMS' },
  revokeRestrictedLink: { kind: 'FORMS' },
}

/** Something to say in every part that a request must have. A lock id, for one, that nobody holds anything with. */
export const sampleInput = (name: OperationName, { request }: Operation): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(request)
      .filter(([, part]) => !part.optional)
      .map(([part, { type }]) => [part, samples[type] ?? 'sample']),
  ),
  ...asked[name],
})

/** The headers that a request must have, beside the one that picks the operation. */
export const requiredHeaders = ({ request, sentWith }: Operation): string[] =>
  Object.values<Part<never> | Part<unknown>>(request)
    .filter(({ optional, place }) => !optional && place !== 'body' && place !== sentWith)
    .map(({ place }) => place)
