import type { Change } from '../compare/change.ts'

/** What became of the wish to change a document. */
export type Changed =
  | { readonly is: 'changed'; readonly change: Change }
  | { readonly is: 'read-only'; readonly why: string }
