import { type Answer, jsonOf, wordsOf } from './answer.ts'
import type { Check, Group, Need } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import { CannotRun, CheckFailed } from './findings.ts'
import { createTarget, type Target } from './target.ts'
import { createWire, type Exchange, type Wire, type WireOptions } from './wire.ts'
import { createWorkplace, type Workplace, type WorkplaceKind } from './workplace.ts'
import { isWritable, makesFiles, says, type World } from './world.ts'

/** Which host is checked, and how. */
export interface RunOptions extends WireOptions {
  readonly wopiSrc: string
  readonly accessToken: string
  /** Only these groups; default: all. */
  readonly groups?: readonly Group[]
  readonly checks?: readonly Check[]
  /** Milliseconds that one check may take; default 60,000. */
  readonly checkTimeout?: number
  /** Ends the run: what was begun is cleaned up first. */
  readonly signal?: AbortSignal
  /** Random characters for names and lock ids. */
  readonly newId?: () => string
  readonly random?: () => number
}

/** What came of a check. */
export interface Outcome {
  readonly check: Check
  readonly result: 'passed' | 'failed' | 'advice' | 'skipped' | 'error'
  /** Why it was skipped, or what went wrong with the check itself. */
  readonly reason?: string
  /** Of a failure: what should have come. */
  readonly expected?: string
  /** Of a failure: what came. */
  readonly came?: string
  /** Of all but what passed and what was skipped: what was sent. */
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

const mostOriginal = 16 * 1024 * 1024

/** Looks at the host and decides where to write. Nothing is written yet. */
export async function prepareRun(options: RunOptions): Promise<Run> {
  const {
    wopiSrc,
    accessToken,
    groups,
    newId = () => crypto.randomUUID().slice(0, 8),
    random = Math.random,
    now = Date.now,
  } = options
  const wire = createWire(options)
  const file = createTarget(wire, wopiSrc, accessToken)
  const infoAnswer = await reach(file, wopiSrc)
  const info = jsonOf(infoAnswer)
  if (infoAnswer.status !== 200 || !info) throw new NoHost(unusable(infoAnswer))
  const { kind, why, original } = await placeFor(file, info)
  const workplace = createWorkplace(
    { kind, wire, file, extension: extensionOf(info), hasLocks: says(info, 'SupportsLocks'), newId },
    original,
  )
  const world: World = {
    info,
    infoAnswer,
    file,
    keys: wire.keys,
    workplace,
    scratch: (content = 'openwopi check') => workplace.open(content),
    newLock: () => `openwopi-check-${newId()}`,
    random,
    now,
  }
  const checks = (options.checks ?? allChecks).filter(({ group }) => !groups || groups.includes(group))
  return {
    checks,
    plan: planOf(kind, String(info['BaseFileName']), why),
    original,
    outcomes: () => outcomes({ checks, world, wire, why, options }),
    leftovers: () => leftoversOf(workplace),
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

const extensionOf = ({ BaseFileName }: World['info']): string =>
  /\.[^./\\]{1,20}$/.exec(typeof BaseFileName === 'string' ? BaseFileName : '')?.[0] ?? ''

interface Place {
  readonly kind: WorkplaceKind
  /** Why nothing is written. */
  readonly why?: string
  readonly original?: Uint8Array
}

async function placeFor(file: Target, info: World['info']): Promise<Place> {
  if (makesFiles(info)) return { kind: says(info, 'SupportsDeleteFile') ? 'copies' : 'one-copy' }
  if (!isWritable(info)) return { kind: 'nowhere', why: 'the host says that this user may not change the file' }
  if (Number(info['Size']) > mostOriginal) return { kind: 'nowhere', why: 'the file is too large to be put back' }
  if (await isHeld(file)) return { kind: 'nowhere', why: 'somebody has locked the file' }
  const answer = await file.ask('getFile')
  if (answer.status !== 200) return { kind: 'nowhere', why: 'its content cannot be read, so it could not be put back' }
  return { kind: 'the-file', original: answer.bytes }
}

/** An Unlock with an id that nobody has says which one is held, and changes nothing. */
async function isHeld(file: Target): Promise<boolean> {
  const answer = await file.ask('unlock', { lock: 'openwopi-check-probe' })
  return answer.status === 409 && Boolean(answer.headers.get('X-WOPI-Lock'))
}

const plans: { readonly [K in WorkplaceKind]: readonly string[] } = {
  copies: ['Files named openwopi-check-… are made beside NAME, written to and deleted. NAME itself is only read.'],
  'one-copy': [
    'Files named openwopi-check-… are made beside NAME and written to. NAME itself is only read.',
    'The host does not promise DeleteFile, so these files stay behind.',
  ],
  'the-file': ['NAME itself is written to, as the host makes no files beside it. Its content is put back in the end.'],
  nowhere: ['Nothing is written: WHY.'],
}

const planOf = (kind: WorkplaceKind, name: string, why = ''): string[] =>
  plans[kind].map((sentence) => sentence.replaceAll('NAME', name).replace('WHY', why))

function leftoversOf({ leftBehind, notRestored }: Workplace): string[] {
  return [
    ...(leftBehind.length > 0 ? [`These files are left behind: ${leftBehind.join(', ')}.`] : []),
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
    wire.endWith(AbortSignal.timeout(options.checkTimeout ?? 60_000))
    await world.workplace.close()
  }
}

async function outcomeOf(check: Check, { world, wire, why, options }: Running): Promise<Outcome> {
  const reason = whyNot(check, world, why)
  if (reason !== undefined) return { check, result: 'skipped', reason, exchanges: [] }
  const { checkTimeout = 60_000, signal } = options
  wire.takeExchanges()
  wire.endWith(
    signal ? AbortSignal.any([signal, AbortSignal.timeout(checkTimeout)]) : AbortSignal.timeout(checkTimeout),
  )
  const result = await check.run(world).then(
    () => ({ result: 'passed' }) as const,
    (error: unknown) => resultOf(check, error),
  )
  const exchanges = wire.takeExchanges()
  wire.endWith(AbortSignal.timeout(checkTimeout))
  await world.workplace.tidy().catch(() => undefined)
  return { check, ...result, exchanges: result.result === 'passed' || result.result === 'skipped' ? [] : exchanges }
}

function resultOf({ level }: Check, error: unknown): Omit<Outcome, 'check' | 'exchanges'> {
  if (error instanceof CannotRun) return { result: 'skipped', reason: error.message }
  if (!(error instanceof CheckFailed)) return { result: 'error', reason: messageOf(error) }
  return { result: level === 'advice' ? 'advice' : 'failed', expected: error.expected, came: error.came }
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}

/** Why a check is not run here. `undefined`: it is. */
function whyNot({ promised = [], needs = [] }: Check, { info, workplace, keys }: World, why = ''): string | undefined {
  const lacking = promised.find((name) => !says(info, name))
  if (lacking) return `CheckFileInfo does not promise ${lacking}.`
  const unmet: { readonly [N in Need]: string | false } = {
    scratch: workplace.kind === 'nowhere' && `There is no file to write to: ${why}.`,
    own: !['copies', 'one-copy'].includes(workplace.kind) && 'The host makes no files for this user.',
    copies: workplace.kind !== 'copies' && 'The host does not both make files and delete them for this user.',
    proof: !keys && 'There is no proof key to sign with (--proof-key).',
    'old-proof': !keys?.old && 'There is no second proof key, the one the client signed with before (--proof-key).',
  }
  return needs.map((need) => unmet[need]).find((reason) => reason !== false)
}
