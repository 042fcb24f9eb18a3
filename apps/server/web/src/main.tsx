import './styles/tokens.css'
import './styles/base.css'
import './styles/page.css'
import './styles/list.css'
import './styles/admin.css'
import './styles/over.css'
import './styles/simple.css'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { FileItem, Session } from '../../src/api.ts'
import { itemsOf, type Pages } from './api/listing.ts'
import { isPassing, RequestFailed, request } from './api/request.ts'
import { App } from './app.tsx'
import { size } from './format.ts'
import { passNonceOn } from './nonce.ts'
import { type Shell, ShellContext } from './shell.ts'
import { strings } from './strings.ts'
import { createToasts } from './toast/toasts.ts'
import type { Upload } from './uploads/upload.ts'
import { createUploads } from './uploads/uploads.ts'

passNonceOn()

// A file that is dropped where nothing takes it would replace the page.
for (const kind of ['dragover', 'drop'] as const)
  addEventListener(kind, (event) => event.dataTransfer?.types.includes('Files') && event.preventDefault())

// Whoever has been signed out meanwhile is asked to sign in, wherever it is noticed.
const noteSignedOut = (error: unknown) => {
  const session = client.getQueryData<Session>(['session'])
  if (error instanceof RequestFailed && error.status === 401 && session?.user)
    void client.invalidateQueries({ queryKey: ['session'] })
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError: noteSignedOut }),
  mutationCache: new MutationCache({ onError: noteSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The browser may believe it is offline and yet reach a server on this very machine.
      networkMode: 'always',
      retry: (failures, error) => isPassing(error) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
})

const refusal = ({ size: bytes }: File): string | undefined => {
  const limit = client.getQueryData<Session>(['session'])?.maxFileSize
  return limit !== undefined && bytes > limit ? strings.uploadTooLarge(size(limit)) : undefined
}

const isTaken = (folderId: string, name: string): boolean =>
  client
    .getQueriesData<Pages>({ queryKey: ['folder', folderId] })
    .some(([, pages]) => itemsOf(pages).some((item) => item.kind === 'file' && item.name === name))

const onDone = async ({ folderId }: Upload, fileId: string | undefined): Promise<string | undefined> => {
  void client.invalidateQueries({ queryKey: ['folder', folderId] })
  if (fileId === undefined) return undefined
  const file = await request<FileItem>(`/files/${encodeURIComponent(fileId)}`).catch(() => undefined)
  return file?.name
}

const shell: Shell = {
  toasts: createToasts(),
  uploads: createUploads({
    refusal,
    isTaken,
    onDone,
  }),
}

const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <ShellContext value={shell}>
          <App />
        </ShellContext>
      </QueryClientProvider>
    </StrictMode>,
  )
