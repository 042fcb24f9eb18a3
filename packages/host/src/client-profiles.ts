import type { CheckFileInfo } from '@openwopi/protocol'

/** In what a client differs from the letter of the specification. Chosen by configuration, never guessed from a request. */
export interface ClientProfile {
  /** What this client is told in place of, or beside, what every client is told. */
  readonly describe: (info: CheckFileInfo) => Partial<CheckFileInfo>
  /**
   * For how many milliseconds after Unlock a save with the lock just released is still taken, if nobody has locked or
   * written since. For editors that unlock first and then send the last words of their users.
   */
  readonly graceAfterUnlock: number
  /**
   * Sends with each save when it believes the file was last modified, asks its user when the host answers that it was
   * not (`DocumentChanged`).
   */
  readonly asksOnConflict: boolean
  /** Leaves that time out when its user, once asked, wants to overwrite. */
  readonly overwritesWithoutTimestamp: boolean
}

const strict: ClientProfile = {
  describe: () => ({}),
  graceAfterUnlock: 0,
  asksOnConflict: false,
  overwritesWithoutTimestamp: false,
}

/** The clients whose habits are known. */
export const profiles = {
  /** Microsoft 365 for the web and Office Online Server: the letter of the specification is theirs. */
  microsoft365: strict,
  /** Collabora Online. Up to 22.05 it unlocks before it sends the save of a closing document. */
  collabora: {
    describe: (info) => ({
      EnableOwnerTermination: info.OwnerId === info.UserId,
      ...(info.FileSharingPostMessage === true && { EnableShare: true }),
    }),
    graceAfterUnlock: 15_000,
    asksOnConflict: true,
    overwritesWithoutTimestamp: true,
  },
  /** ONLYOFFICE Docs. It fetches a FileUrl without a signature and does not fall back to GetFile when that fails. */
  onlyoffice: {
    ...strict,
    describe: (info) => ({ FileUrl: undefined, SupportsReviewing: true, UserCanReview: info.UserCanWrite === true }),
  },
  /** The office client that comes with OpenWOPI. */
  openwopi: strict,
  /** Any other client. */
  generic: { ...strict, asksOnConflict: true },
} as const satisfies Record<string, ClientProfile>

/** The names that configurations choose a profile by. */
export type ProfileName = keyof typeof profiles
