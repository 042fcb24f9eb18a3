import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ActivityList, MentionList, MentionsSeen, NewShare, ShareLink, ShareList } from '../../../src/api.ts'
import { request } from './request.ts'

const pathOf = (fileId: string) => `/files/${encodeURIComponent(fileId)}/shares`

/** The links by which a file opens without signing in. */
export const useShares = (fileId: string) =>
  useQuery({
    queryKey: ['shares', fileId],
    queryFn: ({ signal }) => request<ShareList>(pathOf(fileId), { signal }),
  })

/** Makes a link, or gives the one that there is. */
export const useMakeShare = (fileId: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewShare) => request<ShareLink>(pathOf(fileId), { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['shares', fileId] }),
  })
}

/** Lets a link work no more. */
export const useRevokeShare = (fileId: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: ShareLink) =>
      request<void>(`${pathOf(fileId)}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['shares', fileId] }),
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
