import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AdminClients, AdminLocks, AdminSessions, AdminStorage, AuditLog } from '../../../src/api.ts'
import { base } from './base.ts'
import { request } from './request.ts'

/** How often what changes by itself is looked at again, in milliseconds. */
const lookEvery = 15_000

const useAdmin = <T>(what: string, options: { readonly refetchInterval?: number } = {}) =>
  useQuery({
    queryKey: ['admin', what],
    queryFn: ({ signal }) => request<T>(`/admin/${what}`, { signal }),
    ...options,
  })

/** Who is signed in. */
export const useSessions = () => useAdmin<AdminSessions>('sessions', { refetchInterval: lookEvery })

/** Which documents are open to be changed. */
export const useLocks = () => useAdmin<AdminLocks>('locks', { refetchInterval: lookEvery })

/** The WOPI clients. */
export const useClients = () => useAdmin<AdminClients>('clients', { refetchInterval: lookEvery })

/** How much is stored. */
export const useStorage = () => useAdmin<AdminStorage>('storage')

/** The latest of what people did. */
export const useAudit = (limit: number) =>
  useQuery({
    queryKey: ['admin', 'audit', limit],
    queryFn: ({ signal }) => request<AuditLog>(`/audit?limit=${limit}`, { signal }),
    placeholderData: (before) => before,
    refetchInterval: lookEvery,
  })

/** Ends something, or has something done, and shows what has become of it. */
export const useAdminChange = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path }: { readonly method: 'POST' | 'DELETE'; readonly path: string }) =>
      request(path, { method }),
    onSettled: () => client.invalidateQueries({ queryKey: ['admin'] }),
  })
}

/** The address of the page. */
export const adminAddress = `${base}/admin`

/** The address of the whole audit log, as a download. */
export const auditExportAddress = `${base}/api/audit/export`
