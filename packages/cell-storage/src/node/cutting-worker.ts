import { parentPort } from 'node:worker_threads'
import { cutFile, type FileCut } from '../mapping/cut-file.ts'

/** What the thread is sent: a file in memory that threads share; or how long a file is, and then its bytes, piece by piece. */
export type CuttingQuestion =
  | { readonly shared: Uint8Array }
  | { readonly size: number }
  | { readonly piece: Uint8Array }

/** What it says: that it has taken in a piece; how the file is cut; or what went wrong. */
export type CuttingAnswer = 'next' | { readonly cut: FileCut } | { readonly error: string }

/** Takes in files, one after the other. */
function cutting(): (question: CuttingQuestion) => CuttingAnswer {
  let file = new Uint8Array()
  let filled = 0
  return (question) => {
    if ('shared' in question) return { cut: cutFile(question.shared) }
    if ('size' in question) {
      file = new Uint8Array(question.size)
      filled = 0
      return 'next'
    }
    file.set(question.piece, filled)
    filled += question.piece.length
    if (filled < file.length) return 'next'
    const whole = file
    file = new Uint8Array()
    return { cut: cutFile(whole) }
  }
}

/** Answers what the thread is sent. */
function listen(): void {
  const take = cutting()
  parentPort?.on('message', (question: CuttingQuestion) => {
    try {
      parentPort?.postMessage(take(question))
    } catch (error) {
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) })
    }
  })
}

listen()
