import { AppWindow } from 'lucide-react'
import type { AdminClient } from '../../../src/api.ts'
import { useAdminChange, useClients } from '../api/admin.ts'
import { strings } from '../strings.ts'
import { Section, Table } from './section.tsx'

/** The WOPI clients: whether they answer, and what they sign with. */
export const ClientsSection = () => (
  <Section title={strings.adminClients} icon={AppWindow} query={useClients()}>
    {({ items, proof }) => (
      <>
        <Table
          heads={[strings.name, strings.adminState, strings.adminKeys, strings.actions]}
          none={strings.adminNoClients}
          rows={items.map((client) => ({
            key: client.name,
            cells: [
              <Place key="place" client={client} />,
              <State key="state" client={client} />,
              <Keys key="keys" client={client} />,
              <ReadAgain key="again" client={client} />,
            ],
          }))}
        />
        <p className="below">{strings.adminProof(proof)}</p>
      </>
    )}
  </Section>
)

const Place = ({ client: { name, url } }: { readonly client: AdminClient }) => (
  <>
    {name}
    <p className="below address">{url}</p>
  </>
)

const State = ({ client: { why, isKnown } }: { readonly client: AdminClient }) =>
  why === undefined ? isKnown ? strings.adminAnswers : strings.adminNotAskedYet : <span className="trouble">{why}</span>

const Keys = ({ client: { keys } }: { readonly client: AdminClient }) =>
  keys.length === 0
    ? strings.adminNoKeys
    : keys.map(({ current, old }) => (
        <p key={current} className="fingerprint">
          {current}
          {old !== undefined && old !== current && <span className="below"> {strings.adminOldKey(old)}</span>}
        </p>
      ))

const ReadAgain = ({ client: { name } }: { readonly client: AdminClient }) => {
  const { mutate, isPending } = useAdminChange()
  return (
    <button
      type="button"
      className="button small"
      disabled={isPending}
      aria-label={strings.adminReadAgainOf(name)}
      onClick={() => mutate({ method: 'POST', path: `/admin/clients/${encodeURIComponent(name)}/read` })}
    >
      {strings.adminReadAgain}
    </button>
  )
}
