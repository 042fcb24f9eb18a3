import type { Editor } from './file-properties.ts'

/** What a value of a message is; with a `?` it may be absent. */
export type ValueKind = 'text' | 'number' | 'bool' | 'list' | 'object'

/** The values of a message by their names. */
export type ValueShape = Readonly<Record<string, ValueKind | `${ValueKind}?`>>

/** What a row of a message table says. */
export interface MessageRow {
  /** Who sends or understands it. */
  readonly editors: readonly Editor[]
  /** `'list'`: Values is not an object but a list of them. */
  readonly values: ValueShape | 'list'
  /** The message that says the same under a newer name. */
  readonly sameAs?: string
  readonly says: string
}

const m = ['m365'] as const
const c = ['collabora'] as const
const mo = ['m365', 'onlyoffice'] as const
const co = ['collabora', 'onlyoffice'] as const
const mco = ['m365', 'collabora', 'onlyoffice'] as const
const none = {} as const
const id = { id: 'text' } as const
const view = {
  ViewId: 'number?',
  UserName: 'text?',
  UserId: 'text?',
  Color: 'number?',
  ReadOnly: 'bool?',
  IsCurrentView: 'bool?',
} as const

/** What the host page tells the editor. */
// biome-ignore format: a row reads as a row
export const hostMessages = {
  Host_PostmessageReady: { editors: mco, values: none, says: 'The page listens; sent at once, and again on each App_LoadingStatus.' },
  Host_PerfTiming: { editors: m, values: { Click: 'number', Iframe: 'number', HostFrameFetchStart: 'number', RedirectCount: 'number' }, says: 'When the user clicked, and how the frame came to be.' },
  Blur_Focus: { editors: mo, values: none, says: 'The page covers the frame with something of its own.' },
  Grab_Focus: { editors: mco, values: none, says: 'The frame has the page to itself again.' },
  CanEmbed: { editors: m, values: { HostEmbeddedViewUrl: 'text' }, says: 'Where the file can be embedded from; the answer to UI_FileEmbed.' },
  Host_IsFrameTrusted: { editors: m, values: { isTopFrameTrusted: 'bool' }, says: 'Whether the outermost page is trusted; the answer to App_IsFrameTrusted.' },
  App_PopState: { editors: m, values: { Url: 'text', State: 'object?' }, says: 'The user went back or forward in the history.' },

  Close_Session: { editors: c, values: none, says: 'Ends the session.' },
  Show_Button: { editors: c, values: id, says: 'Shows a button.' },
  Hide_Button: { editors: c, values: id, says: 'Hides a button.' },
  Remove_Button: { editors: c, values: id, says: 'Removes a button.' },
  Show_Command: { editors: c, values: id, says: 'Shows a command, such as `.uno:Bold`.' },
  Hide_Command: { editors: c, values: id, says: 'Hides a command.' },
  Remove_Statusbar_Element: { editors: c, values: id, says: 'Removes a part of the status bar.' },
  Show_Menubar: { editors: c, values: none, says: 'Shows the menus.' },
  Hide_Menubar: { editors: c, values: none, says: 'Hides the menus.' },
  Show_Ruler: { editors: c, values: none, says: 'Shows the ruler.' },
  Hide_Ruler: { editors: c, values: none, says: 'Hides the ruler.' },
  Show_StatusBar: { editors: c, values: none, says: 'Shows the status bar.' },
  Hide_StatusBar: { editors: c, values: none, says: 'Hides the status bar.' },
  Collapse_Notebookbar: { editors: c, values: none, says: 'Folds the tabbed toolbar.' },
  Extend_Notebookbar: { editors: c, values: none, says: 'Unfolds the tabbed toolbar.' },
  Show_NotebookTab: { editors: c, values: id, says: 'Shows a tab of the toolbar.' },
  Hide_NotebookTab: { editors: c, values: id, says: 'Hides a tab of the toolbar.' },
  Show_Sidebar: { editors: c, values: { id: 'text?' }, says: 'Shows the sidebar, or one panel of it.' },
  Hide_Sidebar: { editors: c, values: none, says: 'Hides the sidebar.' },
  Show_Menu_Item: { editors: c, values: id, says: 'Shows a menu item.' },
  Hide_Menu_Item: { editors: c, values: id, says: 'Hides a menu item.' },
  Insert_Button: { editors: c, values: { id: 'text', imgurl: 'text', hint: 'text', label: 'text?', unoCommand: 'text?', insertBefore: 'text?', mobile: 'bool?', tablet: 'bool?', accessKey: 'text?' }, says: 'Adds a button; it sends Clicked_Button.' },
  Insert_ContextualButton: { editors: c, values: { id: 'text', imgurl: 'text?', hint: 'text?', label: 'text?' }, says: 'Adds a button to what is selected; it sends Clicked_ContextualButton.' },
  Send_UNO_Command: { editors: c, values: { Command: 'text', Args: 'object?' }, says: 'Runs a command, such as `.uno:Bold`.' },
  Hint_OnscreenKeyboard: { editors: c, values: none, says: 'A keyboard on the screen is wanted.' },
  Hint_NoOnscreenKeyboard: { editors: c, values: none, says: 'No keyboard on the screen is wanted.' },
  Disable_Default_UIAction: { editors: c, values: { action: 'text', disable: 'bool' }, says: 'Leaves UI_Save, UI_Close or UI_Hyperlink to the page.' },
  Error_Messages: { editors: c, values: { list: 'list' }, says: 'Other words for errors: `type`, `msg`.' },
  Get_User_State: { editors: c, values: none, says: 'Asks for Get_User_State_Resp.' },
  Action_Save: { editors: c, values: { DontTerminateEdit: 'bool?', DontSaveIfUnmodified: 'bool?', Notify: 'bool?', ExtendedData: 'text?' }, says: 'Saves; with Notify, Action_Save_Resp answers.' },
  Action_SaveAs: { editors: c, values: { Filename: 'text', Notify: 'bool?' }, says: 'Saves under another name, by PutRelativeFile.' },
  Action_Close: { editors: c, values: none, says: 'Closes the document.' },
  Action_Print: { editors: c, values: none, says: 'Prints.' },
  Action_Export: { editors: c, values: { Format: 'text', Notify: 'bool?' }, says: 'Downloads in another format.' },
  Action_Fullscreen: { editors: c, values: none, says: 'Fills the screen.' },
  Action_FullscreenPresentation: { editors: c, values: { StartSlideNumber: 'number?', CurrentSlide: 'bool?' }, says: 'Presents, from a slide that is counted from 0.' },
  Action_InsertGraphic: { editors: co, values: { url: 'text', filename: 'text?' }, says: 'Inserts an image, which the editor’s server fetches.' },
  Action_InsertMultimedia: { editors: c, values: { url: 'text', filename: 'text?' }, says: 'Inserts sound or video, which the editor’s server fetches.' },
  Action_CompareDocuments: { editors: c, values: { url: 'text', filename: 'text?' }, says: 'Compares with a document, which the editor’s server fetches.' },
  Action_InsertLink: { editors: c, values: { url: 'text', text: 'text?' }, says: 'Inserts a link.' },
  Action_GetLinkPreview_Resp: { editors: c, values: { url: 'text', title: 'text?', image: 'text?' }, says: 'What a link leads to; `image` is a data URL.' },
  Action_Paste: { editors: c, values: { Mimetype: 'text', Data: 'text' }, says: 'Pastes.' },
  Action_Copy: { editors: c, values: { Mimetype: 'text' }, says: 'Asks for what is selected; Action_Copy_Resp answers.' },
  Action_ShowBusy: { editors: c, values: { Label: 'text?' }, says: 'Covers the document with a notice that something is under way.' },
  Action_HideBusy: { editors: c, values: none, says: 'Takes that notice away.' },
  Action_FollowUser: { editors: c, values: { Follow: 'bool?', ViewId: 'number?' }, says: 'Follows the cursor of someone else.' },
  Action_RemoveView: { editors: c, values: { ViewId: 'number' }, says: 'Ends someone’s session.' },
  Action_ChangeUIMode: { editors: c, values: { Mode: 'text' }, says: 'Changes to `classic` or `notebookbar`.' },
  Action_Mention: { editors: c, values: { list: 'list' }, says: 'Who can be mentioned: `username`, `profile`, `label`.' },
  Action_ResolveComment: { editors: c, values: { Id: 'text' }, says: 'Marks a comment as done.' },
  Action_GoToComment: { editors: c, values: { Id: 'text' }, says: 'Goes to a comment.' },
  Action_GoToPage: { editors: c, values: { Page: 'number' }, says: 'Goes to a page, counted from 1.' },
  Get_Views: { editors: c, values: none, says: 'Asks for Get_Views_Resp.' },
  Get_Export_Formats: { editors: c, values: none, says: 'Asks for Get_Export_Formats_Resp.' },
  Get_Comments: { editors: c, values: none, says: 'Asks for Get_Comments_Resp.' },
  Host_VersionRestore: { editors: c, values: { Status: 'text' }, says: '`Pre_Restore`: save what is pending, an earlier version comes back; App_VersionRestore answers.' },
  Reset_Access_Token: { editors: c, values: { token: 'text', ttl: 'text?' }, says: 'A new access token for this session.' },
  Set_Settings: { editors: c, values: { AlwaysActive: 'bool?' }, says: 'Changes settings of this session.' },
} as const satisfies Record<string, MessageRow>

/** What the editor tells the host page. */
// biome-ignore format: a row reads as a row
export const editorMessages = {
  App_LoadingStatus: { editors: mco, values: { Status: 'text?', DocumentLoadedTime: 'number?', Features: 'object?' }, says: 'How far loading has come; in Collabora `Initialized`, `Frame_Ready`, `Document_Loaded` or `Failed`.' },
  App_IsFrameTrusted: { editors: m, values: none, says: 'Asks for Host_IsFrameTrusted; only if `sftc=1` was in the action URL.' },
  App_PushState: { editors: m, values: { Url: 'text', State: 'object?' }, says: 'The user went to another place in a notebook.' },
  Edit_Notification: { editors: mo, values: none, says: 'The document was edited, for the first time or again.' },
  File_Rename: { editors: mco, values: { NewName: 'text' }, says: 'The file has a new name, without its extension.' },
  UI_Close: { editors: mco, values: { EverModified: 'bool?' }, says: 'The user wants to close the document.' },
  UI_Edit: { editors: mo, values: none, says: 'The user wants to edit what is shown.' },
  UI_FileEmbed: { editors: m, values: none, says: 'The user wants to embed the file; CanEmbed answers.' },
  UI_FileVersions: { editors: mco, values: none, says: 'The user wants to see earlier versions.' },
  UI_Sharing: { editors: mo, values: none, says: 'The user wants to share the file.' },
  UI_Workflow: { editors: m, values: { WorkflowType: 'text' }, says: 'The user pressed the workflow button.' },

  Action_Load_Resp: { editors: c, values: { success: 'bool?', result: 'text?', errorMsg: 'text?', errorType: 'text?' }, says: 'Whether the document could be loaded.' },
  Action_Save_Resp: { editors: c, values: { success: 'bool?', result: 'text?', errorMsg: 'text?', fileName: 'text?', cmd: 'text?' }, says: 'Whether it could be saved; `unmodified` where there was nothing to save.' },
  Action_Copy_Resp: { editors: c, values: { content: 'text?' }, says: 'What is selected.' },
  Action_ChangeUIMode_Resp: { editors: c, values: { Mode: 'text' }, says: 'The toolbar that is shown now.' },
  Action_GoToComment_Resp: { editors: c, values: { Id: 'text?', success: 'bool?', errorMsg: 'text?' }, says: 'Whether there is such a comment.' },
  Action_GoToPage_Resp: { editors: c, values: { Page: 'number?', success: 'bool?', errorMsg: 'text?' }, says: 'Whether there is such a page.' },
  Action_GetLinkPreview: { editors: c, values: { url: 'text' }, says: 'Asks for Action_GetLinkPreview_Resp.' },
  Get_User_State_Resp: { editors: c, values: { State: 'text', Elapsed: 'number?' }, says: 'Whether the user is `active` or `idle`.' },
  Get_Views_Resp: { editors: c, values: 'list', says: 'Who has the document open.' },
  Get_Export_Formats_Resp: { editors: c, values: 'list', says: 'The formats it can be saved in: `Label`, `Format`.' },
  Get_Comments_Resp: { editors: c, values: { Comments: 'list' }, says: 'The comments.' },
  Doc_ModifiedStatus: { editors: c, values: { Modified: 'bool' }, says: 'Whether there is anything to save.' },
  Doc_Title: { editors: c, values: { Title: 'text?', DocName: 'text?', DocType: 'text?', ProductName: 'text?' }, says: 'What to call the window.' },
  Doc_PartChanged: { editors: c, values: { Part: 'number?', PartCount: 'number?', DocType: 'text?' }, says: 'Another sheet or slide is shown.' },
  Views_List: { editors: c, values: 'list', says: 'Who has the document open, whenever that changes.' },
  View_Added: { editors: c, values: view, sameAs: 'Views_List', says: 'Someone came.' },
  View_Removed: { editors: c, values: view, sameAs: 'Views_List', says: 'Someone left.' },
  FollowUser_Changed: { editors: c, values: { FollowedViewId: 'number?', IsFollowUser: 'bool?', IsFollowEditor: 'bool?' }, says: 'Whose cursor is followed.' },
  UI_Save: { editors: c, values: { source: 'text?' }, says: 'The user saved.' },
  UI_SaveAs: { editors: c, values: { format: 'text?' }, says: 'The user wants to save under another name; Action_SaveAs answers.' },
  UI_Share: { editors: c, values: { EnableShare: 'bool?' }, sameAs: 'UI_Sharing', says: 'The user wants to share the file.' },
  UI_CreateFile: { editors: c, values: { DocumentType: 'text' }, says: 'The user wants a new `text`, `spreadsheet`, `presentation` or `drawing`.' },
  UI_OpenDocument: { editors: c, values: none, says: 'The user wants to open another document.' },
  UI_Paste: { editors: c, values: none, says: 'The user wants to paste.' },
  UI_PickLink: { editors: c, values: none, says: 'The user wants to choose a link on the host.' },
  UI_InsertGraphic: { editors: co, values: none, says: 'The user wants to choose an image on the host; Action_InsertGraphic answers.' },
  UI_InsertAIContent: { editors: c, values: none, says: 'The user wants generated content from the host.' },
  UI_InsertFile: { editors: c, values: { callback: 'text', mimeTypeFilter: 'list?' }, says: 'The user wants to choose a file on the host; the message named by `callback` answers.' },
  UI_Cancel_Password: { editors: c, values: none, says: 'The user gave no password.' },
  UI_ZoteroKeyMissing: { editors: c, values: none, says: 'There is no key for Zotero.' },
  UI_Hyperlink: { editors: c, values: { Url: 'text', Name: 'text?', Features: 'text?' }, says: 'The user followed a link.' },
  UI_Mention: { editors: c, values: { type: 'text', text: 'text?', username: 'text?', label: 'text?' }, says: 'The user begins to mention someone (`autocomplete`), or has (`selected`).' },
  Clicked_Button: { editors: c, values: { Id: 'text?', id: 'text?' }, says: 'The user pressed a button that the page added.' },
  Clicked_ContextualButton: { editors: c, values: { Id: 'text?', id: 'text?' }, says: 'The user pressed a contextual button that the page added.' },
  Clicked_Comment: { editors: c, values: { Id: 'text?' }, says: 'The user chose a comment.' },
  Inserted_Comment: { editors: c, values: { Id: 'text?' }, says: 'The user wrote a comment.' },
  Download_As: { editors: c, values: { Type: 'text', URL: 'text', filename: 'text?' }, says: 'What the page is to `print`, show (`slideshow`) or download (`export`).' },
  App_VersionRestore: { editors: c, values: { Status: 'text' }, says: '`Pre_Restore_Ack`: what was pending is saved.' },
  App_TokenExpiring: { editors: c, values: { Timeout: 'number?' }, says: 'The access token ends in so many milliseconds; Reset_Access_Token answers.' },
  App_TokenExpired: { editors: c, values: none, says: 'The access token has ended.' },
  Session_Closed: { editors: c, values: { Reason: 'text?' }, says: 'The session is over: `OwnerTermination`, `DocumentIdle`, `OOM`, `ShuttingDown`, `DocumentDisconnected`.' },
  Reloading: { editors: c, values: { Reason: 'text?' }, says: 'The document is loaded again.' },
  User_Active: { editors: c, values: none, says: 'The user is back.' },
  User_Idle: { editors: c, values: none, says: 'The user has done nothing for a while.' },
  Iframe_Height: { editors: c, values: { ContentHeight: 'text' }, says: 'How high the page of settings is.' },
  close: { editors: c, values: { EverModified: 'bool?' }, sameAs: 'UI_Close', says: 'The user wants to close the document.' },
  'rev-history': { editors: c, values: none, sameAs: 'UI_FileVersions', says: 'The user wants to see earlier versions.' },
} as const satisfies Record<string, MessageRow>
