import type { Check } from './check.ts'
import { properties } from './property-kinds.ts'
import { headersOfEach } from './table/headers.ts'
import { offersOfEach } from './table/offers.ts'
import { tokensOfEach } from './table/tokens.ts'
import { tokensElsewhere } from './table/tokens-elsewhere.ts'

/** The checks that nobody writes: each operation and each property of the tables, tried in the ways all have in common. */
export const fromTheTable: readonly Check[] = [
  ...properties,
  ...tokensOfEach,
  ...tokensElsewhere,
  ...headersOfEach,
  ...offersOfEach,
]
