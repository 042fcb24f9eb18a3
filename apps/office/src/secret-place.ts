/** Where one secret is kept. */
export interface SecretPlace {
  /** `undefined`: there is none yet. */
  read(): Promise<string | undefined>
  /** Puts the first one there. Of several that begin at once, all get the one that came first. */
  begin(secret: string): Promise<string>
  replace(secret: string): Promise<void>
}
