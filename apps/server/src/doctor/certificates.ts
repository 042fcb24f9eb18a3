import { certificateFinding } from './certificate.ts'
import type { Finding } from './finding.ts'
import { originOf, type Patient } from './patient.ts'

/** The certificates of all addresses, each looked at once. */
export interface Certificates {
  /** What there is to say of one that has not been looked at before. */
  look(url: string): Promise<readonly Finding[]>
  isBad(url: string): boolean
}

/** Those of the addresses of a deployment. */
export function certificatesOf(patient: Patient): Certificates {
  const known = new Map<string, Finding | undefined>()
  return {
    async look(url) {
      const origin = originOf(url)
      if (!origin.startsWith('https:') || known.has(origin)) return []
      const finding = await certificateFinding(origin, patient)
      known.set(origin, finding)
      return finding ? [finding] : []
    },
    isBad: (url) => known.get(originOf(url))?.result === 'problem',
  }
}
