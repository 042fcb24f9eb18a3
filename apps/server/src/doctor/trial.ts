import { type Finding, verdictOn } from './finding.ts'
import type { Patient } from './patient.ts'

/** Whether files can be made in the folder that is served, on which much of the rest stands. */
export interface Trial {
  /** Absent: they can be. */
  readonly fault?: Finding
  /** Of a token for such a file, in characters. */
  readonly tokenLength: number
}

/** Makes a file and removes it. */
export async function trial({ deployment, trialFile, removeTrialFile }: Patient): Promise<Trial> {
  try {
    const { id, accessToken } = await trialFile('txt')
    await removeTrialFile(id)
    return { tokenLength: accessToken.length }
  } catch {
    const fault = verdictOn('folder').problem(
      `No file can be made in ${deployment.folder}: see whether it is there, whether the host may write there and whether the disk is full; its log says why.`,
    )
    return { fault, tokenLength: 0 }
  }
}
