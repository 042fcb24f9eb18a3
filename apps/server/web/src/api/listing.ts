import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { FileItem, FolderItem, Found, Listing, TrashList, VersionList } from '../../../src/api.ts'
import { request } from './request.ts'

/** A row of a list. */
export type Item = FileItem | FolderItem

/** What a folder is sorted by. */
export interface Order {
  readonly sort: 'name' | 'modifiedAt' | 'size'
  readonly descending: boolean
}

/** A folder as far as it has been loaded. */
export type Pages = InfiniteData<Listing, unknown>

const pageSize = 500

/** The contents of a folder, page by page. */
export const useFolder = (id: string, { sort, descending }: Order) =>
  useInfiniteQuery({
    queryKey: ['folder', id, sort, descending],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(pageSize), sort, descending: String(descending) })
      if (pageParam !== undefined) query.set('after', pageParam)
      return request<Listing>(`/folders/${encodeURIComponent(id)}?${query}`, { signal })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    // The rows stay while the same folder is sorted anew; those of another folder would be a lie.
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? keepPreviousData(previous) : undefined),
  })

/** The rows of the loaded pages: folders first. */
export const itemsOf = (pages: Pages | undefined): readonly Item[] =>
  pages ? [...pages.pages.flatMap((page) => page.folders), ...pages.pages.flatMap((page) => page.files)] : []

/** The most that a search shows. */
export const mostFound = 200

/** What has `text` in its name. Nothing is asked for an empty text. */
export const useSearch = (text: string) =>
  useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) =>
      request<Found>(`/search?${new URLSearchParams({ q: text, limit: String(mostFound) })}`, { signal }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })

/** The earlier states of a file, newest first. */
export const useVersions = (fileId: string) =>
  useQuery({
    queryKey: ['versions', fileId],
    queryFn: ({ signal }) => request<VersionList>(`/files/${encodeURIComponent(fileId)}/versions`, { signal }),
  })

/** One file. */
export const useFile = (fileId: string) =>
  useQuery({
    queryKey: ['file', fileId],
    queryFn: ({ signal }) => request<FileItem>(`/files/${encodeURIComponent(fileId)}`, { signal }),
  })

/** What has been deleted. */
export const useTrash = () =>
  useQuery({ queryKey: ['trash'], queryFn: ({ signal }) => request<TrashList>('/trash', { signal }) })
