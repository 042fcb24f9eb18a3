import { LogOut } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { Session } from '../../../src/api.ts'
import { useSignOut } from '../api/session.ts'
import { strings } from '../strings.ts'

/** Who is signed in, and the way out. Nothing where there is nothing to sign out of. */
export const Account = ({ session }: { readonly session: Session }) => {
  const { mutate } = useSignOut()
  if (!session.canSignOut || !session.user) return null
  const { name } = session.user
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="account" aria-label={strings.account(name)} title={name}>
        {initials(name)}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">{strings.signedInAs(name)}</DropdownMenu.Label>
          <DropdownMenu.Separator className="separator" />
          <DropdownMenu.Item className="entry" onSelect={() => mutate()}>
            <LogOut size={16} aria-hidden="true" />
            {strings.signOut}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const initials = (name: string): string =>
  name
    .split(/[\s._-]+/u)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
