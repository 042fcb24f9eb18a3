import type { Person } from '../../src/session-messages.ts'
import { nameOf } from './avatars.ts'
import type { HostPage } from './host-page.ts'

/** What a host's page is told of how things stand, once the document is there. */
export interface HostReports {
  loading(status: 'Initialized' | 'Frame_Ready'): void
  loaded(): void
  failed(text: string): void
  people(people: readonly Person[], you: string): void
  modified(isModified: boolean): void
  /** Answers who has the document open. */
  answerViews(): void
  /** Whether anything was changed since the document was opened. */
  readonly hasBeenModified: boolean
}

interface View {
  readonly ViewId: number
  readonly UserName: string
  readonly UserId: string
  readonly Color: number
  readonly ReadOnly: boolean
  readonly IsCurrentView: boolean
}

/** Hosts that know the newer message pass over the older ones. */
const outdated = { Deprecated: true }

/** The colours of people, as the style sheet has them. */
const colors = [0x2f6fdb, 0xb3452f, 0x2c7d4f, 0x8a4fbf, 0xa8661a, 0x1b7b8c, 0xb83b7d, 0x5d6b2a]

/** `alone`: who is here where the document is shared with nobody. */
export function hostReports(host: HostPage, alone: string): HostReports {
  let isLoaded = false
  let hasBeenModified = false
  let isModified = false
  let views: readonly View[] = [
    { ViewId: 1, UserName: alone, UserId: '', Color: 0, ReadOnly: true, IsCurrentView: true },
  ]
  let told: readonly View[] = []
  const tellViews = () => {
    if (!isLoaded || JSON.stringify(views) === JSON.stringify(told)) return
    for (const view of missing(views, told)) {
      const Values = { ...outdated, ...view }
      host.send({ MessageId: 'View_Added', Values })
    }
    for (const { ViewId } of missing(told, views)) {
      const Values = { ...outdated, ViewId }
      host.send({ MessageId: 'View_Removed', Values })
    }
    told = views
    host.send({ MessageId: 'Views_List', Values: views.map((view) => ({ ...view })) })
  }
  const tellModified = () => {
    if (isLoaded) host.send({ MessageId: 'Doc_ModifiedStatus', Values: { Modified: isModified } })
  }
  return {
    loading(status) {
      const features = status === 'Frame_Ready' ? { Features: { VersionStates: true } } : {}
      host.send({ MessageId: 'App_LoadingStatus', Values: { Status: status, ...features } })
    },
    loaded() {
      isLoaded = true
      host.send({ MessageId: 'Action_Load_Resp', Values: { success: true } })
      const Values = { Status: 'Document_Loaded', DocumentLoadedTime: Date.now() }
      host.send({ MessageId: 'App_LoadingStatus', Values })
      tellViews()
      tellModified()
    },
    failed(errorMsg) {
      host.send({ MessageId: 'Action_Load_Resp', Values: { success: false, errorMsg } })
      host.send({ MessageId: 'App_LoadingStatus', Values: { Status: 'Failed' } })
    },
    people(people, you) {
      views = people.map((person) => viewOf(person, you))
      tellViews()
    },
    modified(now) {
      if (now === isModified) return
      isModified = now
      hasBeenModified ||= now
      tellModified()
    },
    answerViews: () => host.send({ MessageId: 'Get_Views_Resp', Values: views.map((view) => ({ ...view })) }),
    get hasBeenModified() {
      return hasBeenModified
    },
  }
}

const missing = (from: readonly View[], others: readonly View[]): readonly View[] =>
  from.filter(({ ViewId }) => !others.some((other) => other.ViewId === ViewId))

const viewOf = (person: Person, you: string): View => ({
  ViewId: person.view,
  UserName: nameOf(person),
  UserId: person.userId,
  Color: colors[person.color] ?? 0,
  ReadOnly: !person.canWrite,
  IsCurrentView: person.id === you,
})
