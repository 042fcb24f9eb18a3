import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { ShareDialog } from '../dialogs/share-dialog.tsx'
import { passNonceOn } from '../nonce.ts'
import { element } from './element.ts'

/** Shows the dialog in which a document is shared. Resolves when it has been closed. */
export const showSharing = (fileId: string): Promise<void> =>
  new Promise((resolve) => {
    passNonceOn()
    const place = element('div', {})
    document.body.append(place)
    const root = createRoot(place)
    const close = () => {
      root.unmount()
      place.remove()
      resolve()
    }
    const client = new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })
    root.render(
      <QueryClientProvider client={client}>
        <ShareDialog fileId={fileId} onClose={close} />
      </QueryClientProvider>,
    )
  })
