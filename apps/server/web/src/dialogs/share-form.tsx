import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { NewShare, ShareList, ShareType } from '../../../src/api.ts'
import { messageOf } from '../api/request.ts'
import { type Shareable, useMakeShare } from '../api/sharing.ts'
import { strings } from '../strings.ts'

const day = 86_400_000

/** After how many days a link may end. */
const daysOffered = [1, 7, 30, 365]

interface ShareFormProps {
  readonly item: Shareable
  readonly shares: ShareList
}

/** Makes a link: for what, and for how long. */
export const ShareForm = ({ item, shares: { types, longest = Number.POSITIVE_INFINITY } }: ShareFormProps) => {
  const [type, setType] = useState<ShareType>('ReadOnly')
  const [days, setDays] = useState('')
  const { mutate, isPending, isSuccess, error } = useMakeShare(item)
  const make = (event: FormEvent) => {
    event.preventDefault()
    const wanted: NewShare = { type, ...(days !== '' && { days: Number(days) }) }
    mutate(wanted)
  }
  const never = Number.isFinite(longest) ? strings.shareEndsAtMost(Math.round(longest / day)) : strings.shareEndsNever
  return (
    <form className="share-form" onSubmit={make}>
      <Choice label={strings.shareAccess} value={type} onChange={(value) => setType(typeCalled(value))}>
        {types.map((one) => (
          <option key={one} value={one}>
            {strings.shareTypes[one]}
          </option>
        ))}
      </Choice>
      <Choice label={strings.shareEnds} value={days} onChange={setDays}>
        <option value="">{never}</option>
        {daysOffered
          .filter((number) => number * day < longest)
          .map((number) => (
            <option key={number} value={number}>
              {strings.shareDays(number)}
            </option>
          ))}
      </Choice>
      <button type="submit" className="button primary" disabled={isPending}>
        {strings.makeLink}
      </button>
      <p className="hidden" role="status">
        {isSuccess && strings.linkMade}
      </p>
      {error && (
        <p className="trouble" role="alert">
          {messageOf(error)}
        </p>
      )}
    </form>
  )
}

const typeCalled = (value: string): ShareType => (value === 'ReadWrite' ? value : 'ReadOnly')

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

const Choice = ({ label, value, onChange, children }: ChoiceProps) => {
  const id = useId()
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field" value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  )
}
