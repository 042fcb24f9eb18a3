import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ActivityList, MentionList, MentionsSeen, NewShare, ShareLink, ShareList } from '../../../src/api.ts'
import { request } from './request.ts'

/** What links lead to. */
export interface Shareable {
  readonly kind: 'file' | 'folder'
  readonly id: string
}

const pathOf = ({ kind, id }: Shareable) => `/${kind}s/${encodeURIComponent(id)}/shares`

/** The links by which something opens without signing in. */
export const useShares = (item: Shareable) =>
  useQuery({
    queryKey: ['shares', item.id],
    queryFn: ({ signal }) => request<ShareList>(pathOf(item), { signal }),
  })

/** Makes a link, or gives the one that there is. */
export const useMakeShare = (item: Shareable) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewShare) => request<ShareLink>(pathOf(item), { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['shares', item.id] }),
  })
}

/** Lets a link work no more. */
export const useRevokeShare = (item: Shareable) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: ShareLink) => request<void>(`${pathOf(item)}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['shares', item.id] }),
  })
}

/** What editors tell of a file, newest first. */
export const useActivities = (fileId: string) =>
  useQuery({
    queryKey: ['activities', fileId],
    queryFn: ({ signal }) => request<ActivityList>(`/files/${encodeURIComponent(fileId)}/activities`, { signal }),
  })

/** Where whoever is signed in is mentioned. */
export const useMentions = () =>
  useQuery({ queryKey: ['mentions'], queryFn: ({ signal }) => request<MentionList>('/mentions', { signal }) })

/** Notes up to when mentions have been seen. */
export const useMentionsSeen = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: MentionsSeen) => request<void>('/mentions/seen', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['mentions'] }),
  })
}
