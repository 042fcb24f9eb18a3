import { type Answer, jsonOf, wordsOf } from './answer.ts'
import { type BootstrapperAddress, createBootstrapperTarget } from './bootstrapper-target.ts'
import type { Check, Group } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import type { Exchange } from './exchange.ts'
import { CannotRun, CheckFailed } from './findings.ts'
import { whyNot } from './needs.ts'
import { createPlaces } from './places.ts'
import type { Connect } from './raw-request.ts'
import { scenes } from './scenes.ts'
import { createTarget, type Target } from './target.ts'
import { planOf, whereToWrite } from './where-to-write.ts'
import { createWire, type Wire, type WireOptions } from './wire.ts'
import { createWorkplace } from './workplace.ts'
import { says, type World } from './world.ts'

/** Which host is checked, and how. */
export interface RunOptions extends WireOptions {
  readonly wopiSrc: string
  readonly accessToken: string
  /** A folder of the protocol of 2013 at the same host. */
  readonly folder?: { readonly wopiSrc: string; readonly accessToken: string }
  readonly bootstrapper?: BootstrapperAddress
  /** Only these groups; default: all. */
  readonly groups?: readonly Group[]
  readonly checks?: readonly Check[]
  /** Milliseconds that one check may take; default 60,000. Waiting for time to pass and for a restart counts as none. */
  readonly checkTimeout?: number
  /** Ends the run: what was begun is cleaned up first. */
  readonly signal?: AbortSignal
  /** Opens connections on which bytes go out as they are. */
  readonly connect?: Connect
  /** Lets time pass at the host, in milliseconds: waits, or moves its clock. */
  readonly pass?: (milliseconds: number) => Promise<void>
  /** Starts the host anew, and resolves once it answers. */
  readonly restart?: () => Promise<void>
  /** Random characters for names and lock ids. */
  readonly newId?: () => string
  readonly random?: () => number
}

/** What came of a check. */
export interface Outcome {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'skipped' | 'error'
  /** Why it was skipped, or what went wrong with the check itself. */
  readonly reason?: string
  /** Of a failure: what should have come. */
  readonly expected?: string
  /** Of a failure: what came. */
  readonly came?: string
  /** What was sent and what came back, the last forty of each check. */
  readonly exchanges: readonly Exchange[]
}

/** A host that is about to be checked. */
export interface Run {
  readonly checks: readonly Check[]
  /** What will be written at the host, in sentences. */
  readonly plan: readonly string[]
  /** The content of the file, when the file itself will be written to: keep it until the end. */
  readonly original: Uint8Array | undefined
  /** Runs the checks one by one. Cleans up in the end, also when it is left early. */
  outcomes(): AsyncGenerator<Outcome>
  /** After the end: what could not be cleaned up, in sentences. */
  leftovers(): readonly string[]
}

/** The host cannot be checked at all. */
export class NoHost extends Error {
  override readonly name = 'NoHost'
}

/** Looks at the host and decides where to write. Nothing is written yet. */
export async function prepareRun(options: RunOptions): Promise<Run> {
  const { wopiSrc, accessToken, groups } = options
  const wire = createWire(options)
  const file = createTarget(wire, wopiSrc, accessToken)
  const infoAnswer = await reach(file, wopiSrc)
  const info = jsonOf(infoAnswer)
  if (infoAnswer.status !== 200 || !info) throw new NoHost(unusable(infoAnswer))
  const where = await whereToWrite(file, info)
  const world = worldOf({ ...where, wire, file, info, infoAnswer, options })
  const checks = (options.checks ?? allChecks).filter(({ group }) => !groups || groups.includes(group))
  return {
    checks,
    plan: planOf(where, info),
    original: where.original,
    outcomes: () => outcomes({ checks, world, wire, why: where.why, options }),
    leftovers: () => leftoversOf(world),
  }
}

async function reach(file: Target, wopiSrc: string): Promise<Answer> {
  try {
    return await file.ask('checkFileInfo')
  } catch (cause) {
    throw new NoHost(`The host at ${new URL(wopiSrc).origin} does not answer: ${messageOf(cause)}.`, { cause })
  }
}

const unusable = (answer: Answer) =>
  `CheckFileInfo answers ${wordsOf(answer)}${answer.status === 200 ? ' without a JSON object' : ''}, so that nothing else can be checked. Check the WOPISRC and the token.`

interface Found extends Pick<World, 'info' | 'infoAnswer' | 'file'> {
  readonly kind: World['workplace']['kind']
  readonly original?: Uint8Array
  readonly wire: Wire
  readonly options: RunOptions
}

function worldOf({ kind, original, wire, file, info, infoAnswer, options }: Found): World {
  const { newId = () => crypto.randomUUID().slice(0, 8), random = Math.random, now = Date.now } = options
  const { folder, bootstrapper, connect, pass, restart } = options
  const workplace = createWorkplace(
    { kind, wire, file, extension: extensionOf(info), hasLocks: says(info, 'SupportsLocks'), newId },
    original,
  )
  return {
    info,
    infoAnswer,
    file,
    keys: wire.keys,
    workplace,
    places: createPlaces({ wire, file, newName: () => workplace.newName('') }),
    folder: folder && createTarget(wire, folder.wopiSrc, folder.accessToken),
    bootstrapper: bootstrapper && createBootstrapperTarget(wire, bootstrapper),
    connect,
    scratch: (content = 'openwopi check') => workplace.open(content),
    newLock: () => `openwopi-check-${newId()}`,
    random,
    now,
    pass: pass && ((milliseconds) => wire.paused(() => pass(milliseconds))),
    restart: restart && (() => wire.paused(restart)),
    scene: scenes(),
  }
}

const extensionOf = ({ BaseFileName }: World['info']): string =>
  /\.[^./\\]{1,20}$/.exec(typeof BaseFileName === 'string' ? BaseFileName : '')?.[0] ?? ''

function leftoversOf({ workplace, places }: World): string[] {
  const { leftBehind, notRestored } = workplace
  return [
    ...(leftBehind.length > 0 ? [`These files are left behind: ${leftBehind.join(', ')}.`] : []),
    ...(places.leftBehind.length > 0 ? [`These containers are left behind: ${places.leftBehind.join(', ')}.`] : []),
    ...(notRestored === undefined ? [] : [`The content of the file could not be put back: ${notRestored}.`]),
  ]
}

interface Running {
  readonly checks: readonly Check[]
  readonly world: World
  readonly wire: Wire
  readonly why: string | undefined
  readonly options: RunOptions
}

async function* outcomes(running: Running): AsyncGenerator<Outcome> {
  const { checks, world, wire, options } = running
  try {
    for (const check of checks) {
      if (options.signal?.aborted) return
      yield await outcomeOf(check, running)
    }
  } finally {
    wire.allow(options.checkTimeout)
    await world.workplace.close()
    await world.places.tidy()
  }
}

async function outcomeOf(check: Check, { world, wire, why, options }: Running): Promise<Outcome> {
  const reason = whyNot(check, world, why)
  if (reason !== undefined) return { check, result: 'skipped', reason, exchanges: [] }
  const { checkTimeout, signal } = options
  wire.takeExchanges()
  wire.allow(checkTimeout, signal)
  const result = await check.run(world).then(() => ({ result: 'passed' }) as const, resultOf)
  const exchanges = wire.takeExchanges()
  wire.allow(checkTimeout)
  await world.workplace.tidy().catch(() => undefined)
  await world.places.tidy().catch(() => undefined)
  return { check, ...result, exchanges }
}

function resultOf(error: unknown): Omit<Outcome, 'check' | 'exchanges'> {
  if (error instanceof CannotRun) return { result: 'skipped', reason: error.message }
  if (error instanceof CheckFailed) return { result: 'failed', expected: error.expected, came: error.came }
  return { result: 'error', reason: messageOf(error) }
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
