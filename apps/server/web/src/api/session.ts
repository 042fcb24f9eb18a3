import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session, SignIn } from '../../../src/api.ts'
import { request } from './request.ts'

const key = ['session']

/** Who is signed in, and what this server offers. */
export const useSession = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => request<Session>('/session', { signal }), staleTime: Infinity })

/** Signs in. Rejects with a `RequestFailed` of status 401 where name and password do not fit. */
export const useSignIn = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => request<Session>('/session', { method: 'POST', body }),
    onSuccess(session) {
      // What was shown before may be another person's, or be from before a change that was refused.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] })
      client.setQueryData(key, session)
    },
  })
}

/** Signs out, and forgets everything that was shown. */
export const useSignOut = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('/session', { method: 'DELETE' }),
    onSuccess: () => client.resetQueries(),
  })
}
