import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { type Conversion, ConversionError, type Converter } from './converter.ts'
import { converts } from './formats.ts'
import { writeProfile } from './profile.ts'
import { queue } from './queue.ts'
import { runProgram } from './run-program.ts'

export interface LibreOfficeOptions {
  /** The program `soffice`. */
  readonly program: string
  /** Where documents lie while they are converted. Made if it is not there; emptied at the start. */
  readonly folder: string
  /** How many documents are converted at a time; default 1. */
  readonly atOnce?: number
  /** How many more may wait; default 20. */
  readonly waiting?: number
  /** Milliseconds that a document may take; default two minutes. */
  readonly time?: number
  /** Bytes of memory that a document may take; default 4 GiB of address space. */
  readonly memory?: number
  /** Bytes that a document may have, before and after; default 256 MiB. */
  readonly size?: number
}

/** An installed LibreOffice, started anew for each document: it may hang or die, and nothing else does. */
export async function libreOffice(options: LibreOfficeOptions): Promise<Converter> {
  const { folder, atOnce = 1, waiting = 20 } = options
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const inTurn = queue({ atOnce, waiting })
  const ending = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  return {
    offers: converts,
    async convert(conversion) {
      const signal = AbortSignal.any([ending.signal, ...(conversion.signal ? [conversion.signal] : [])])
      const work = inTurn(() => inFolder(folder, (place) => convertIn(place, { ...conversion, signal }, options)), {
        signal,
        ...(conversion.onPlace && { onPlace: conversion.onPlace }),
      })
      underWay.add(work)
      try {
        return await work
      } finally {
        underWay.delete(work)
      }
    },
    async close() {
      ending.abort()
      await Promise.allSettled(underWay)
    },
  }
}

/** Gives the work a folder of its own, which is gone afterwards. */
async function inFolder<T>(folder: string, work: (place: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(folder, 'document-'))
  try {
    return await work(place)
  } finally {
    await rm(place, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function convertIn(
  place: string,
  { read, from, to, signal }: Conversion & { readonly signal: AbortSignal },
  { program, time = 120_000, memory = 4 * 1024 ** 3, size = 256 * 1024 ** 2 }: LibreOfficeOptions,
): Promise<Uint8Array> {
  if (!converts(from, to)) throw new ConversionError('unreadable')
  const [profile, output] = [join(place, 'profile'), join(place, 'output')]
  const input = join(place, `document.${from.toLowerCase()}`)
  await Promise.all([writeProfile(profile), mkdir(output)])
  await pipeline(atMost(await read(), size), createWriteStream(input))
  const args = [
    '--headless',
    '--norestore',
    '--nolockcheck',
    '--nodefault',
    '--nofirststartwizard',
    `-env:UserInstallation=${pathToFileURL(profile).href}`,
    '--convert-to',
    to,
    '--outdir',
    output,
    input,
  ]
  await runProgram({ program, args, folder: place, memory, time, signal })
  return result(join(output, `document.${to}`), size)
}

async function* atMost(content: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Uint8Array> {
  let seen = 0
  for await (const chunk of content) {
    seen += chunk.byteLength
    if (seen > size) throw new ConversionError('too-large')
    yield chunk
  }
}

/** LibreOffice reports success for documents that it could not read, and then there is no result. */
async function result(path: string, size: number): Promise<Uint8Array> {
  const found = await stat(path).catch((cause) => {
    throw new ConversionError('unreadable', { cause })
  })
  if (found.size > size) throw new ConversionError('too-large')
  return readFile(path)
}
