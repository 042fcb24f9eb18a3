import type { SubAnswer } from './answer.ts'
import type { EnvelopeSubRequest } from './envelope.ts'
import { dependencyErrors, type ErrorCode } from './error-codes.ts'

const isSuccess = ({ errorCode }: SubAnswer) => errorCode === 'Success'
const isUnsupported = ({ errorCode }: SubAnswer) =>
  errorCode === 'RequestNotSupported' || errorCode === 'InvalidSubRequest'
const wasExecuted = ({ errorCode }: SubAnswer) => !(dependencyErrors as readonly ErrorCode[]).includes(errorCode)

/** When a sub-request is carried out that depends on another one, and what it is answered otherwise. */
const dependencyTypes: Readonly<
  Record<string, { readonly runs: (other: SubAnswer) => boolean; readonly otherwise: ErrorCode }>
> = {
  OnExecute: { runs: wasExecuted, otherwise: 'DependentRequestNotExecuted' },
  OnSuccess: { runs: isSuccess, otherwise: 'DependentOnlyOnSuccessRequestFailed' },
  OnFail: { runs: (other) => !isSuccess(other), otherwise: 'DependentOnlyOnFailRequestSucceeded' },
  OnNotSupported: { runs: isUnsupported, otherwise: 'DependentOnlyOnNotSupportedRequestGetSupported' },
  OnSuccessOrNotSupported: {
    runs: (other) => isSuccess(other) || isUnsupported(other),
    otherwise: 'DependentOnlyOnSuccessRequestFailed',
  },
}

/** Why a sub-request is not carried out, by what those before it came to. `undefined`: it is. */
export function keptBack(
  { dependsOn, dependencyType }: EnvelopeSubRequest,
  before: ReadonlyMap<string, SubAnswer>,
): ErrorCode | undefined {
  if (dependsOn === undefined) return undefined
  const other = before.get(dependsOn)
  const known = dependencyType !== undefined && Object.hasOwn(dependencyTypes, dependencyType)
  const type = known ? dependencyTypes[dependencyType] : undefined
  if (!other || !type) return 'InvalidRequestDependencyType'
  return type.runs(other) ? undefined : type.otherwise
}
