import type { Implementation } from '../implementation.ts'

export const checkFolderInfo: Implementation<'checkFolderInfo'> = ({ containers }) =>
  containers &&
  (async (_, { container, grant: { user, can } }) => ({
    info: {
      FolderName: container.name,
      OwnerId: container.ownerId,
      UserId: user.id,
      UserFriendlyName: user.name,
      UserCanWrite: can.has('create'),
    },
  }))
