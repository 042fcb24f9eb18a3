import * as Y from 'yjs'
import { DocumentSession } from './document-session.ts'
import type { Claim } from './homes.ts'
import type { OfficePorts } from './office-ports.ts'
import type { FileContent } from './read-content.ts'
import type { Beginning } from './resume.ts'

/** Opens the shared document that a session is about. */
export async function beginSession(
  claim: Claim,
  content: FileContent,
  { beginning, ports }: { beginning: Beginning; ports: OfficePorts },
): Promise<DocumentSession> {
  const direct = await ports.hocuspocus.openDirectConnection(beginning.documentName)
  const { document } = direct
  if (!document) throw new Error('the shared document closed while it was opened')
  Y.applyUpdate(document, beginning.state)
  // From here on it is known what the document is, or that it cannot be written, of which the draft tells.
  await beginning.form.written?.(document).catch(() => {})
  return new DocumentSession({ claim, content, beginning, direct, document }, ports)
}
