/** The answer of CheckFileInfo. */
export interface CheckFileInfo {
  readonly BaseFileName: string
  readonly OwnerId: string
  readonly Size: number
  readonly UserId: string
  readonly Version: string
  readonly [name: string]: unknown
}
