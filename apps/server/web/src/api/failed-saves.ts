import { useQuery } from '@tanstack/react-query'
import type { FailedSaveList } from '../../../src/api.ts'
import { base } from './base.ts'
import { request } from './request.ts'

/** How often is looked whether there are new ones, in milliseconds. */
const lookEvery = 60_000

/** Saves that the server could not store. */
export const useFailedSaves = () =>
  useQuery({
    queryKey: ['failed saves'],
    queryFn: ({ signal }) => request<FailedSaveList>('/failed-saves', { signal }),
    refetchInterval: lookEvery,
  })

/** The address of the page that lists them. */
export const failedSavesAddress = `${base}/failed-saves`

/** The path of one in the API. */
export const failedSavePath = (id: string): string => `/failed-saves/${encodeURIComponent(id)}`

/** The address of its bytes, as a download. */
export const failedContentAddress = (id: string): string => `${base}/api${failedSavePath(id)}/content`
