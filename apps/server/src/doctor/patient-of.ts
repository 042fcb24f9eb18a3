import { z } from 'zod'
import { askHost } from '../cli/ask-host.ts'
import type { RunningHost } from '../cli/running-host.ts'
import type { Patient } from './patient.ts'
import { probe } from './probe.ts'

/** What may be told of an examination beforehand. */
export interface ExaminationOptions {
  /** Addresses to try in place of those that the host was started with. */
  readonly publicUrl?: string | undefined
  readonly callbackUrl?: string | undefined
  /** Bytes. */
  readonly bodySize: number
  /** Certificates of authorities in PEM, besides those that Node knows. */
  readonly ca?: readonly string[] | undefined
  readonly now?: (() => number) | undefined
}

const begun = z.object({
  secret: z.string(),
  deployment: z.object({
    folder: z.string(),
    local: z.string(),
    public: z.string(),
    callback: z.string(),
    trustedProxies: z.array(z.string()),
    clients: z.array(z.object({ name: z.string(), url: z.string(), profile: z.string(), away: z.string().nullable() })),
    proof: z.enum(['off', 'if-present', 'required']).nullable(),
    now: z.number(),
  }),
})
const trial = z.object({
  id: z.string(),
  wopiSrc: z.string(),
  accessToken: z.string(),
  actionUrl: z.string().nullable(),
})

/** Begins to examine the deployment of a running host. `end` has to be called in the end. */
export async function patientOf(
  host: RunningHost,
  { bodySize, ca, now = Date.now, ...tried }: ExaminationOptions,
): Promise<Patient & { readonly end: () => Promise<void> }> {
  const { secret, deployment } = begun.parse(await askHost(host, 'examination/begin', {}))
  const publicUrl = tried.publicUrl ?? deployment.public
  const isOwn = deployment.callback !== deployment.public
  const callback = tried.callbackUrl ?? (isOwn ? deployment.callback : publicUrl)
  return {
    deployment: { ...deployment, public: publicUrl, callback },
    secret,
    bodySize,
    ca,
    now,
    probe: (url, request) => probe(url, { ca, ...request }),
    release: async () => void (await askHost(host, 'examination/release', { secret })),
    async trialFile(extension, client) {
      const wish = { secret, extension, ...(client !== undefined && { client }) }
      const file = trial.parse(await askHost(host, 'examination/file', wish))
      return { ...file, wopiSrc: callback + file.wopiSrc.slice(deployment.callback.length) }
    },
    removeTrialFile: async (id) => void (await askHost(host, 'examination/remove', { id })),
    end: async () => void (await askHost(host, 'examination/end', { secret })),
  }
}
