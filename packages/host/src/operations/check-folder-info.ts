import type { Implementation } from '../implementation.ts'

export const checkFolderInfo: Implementation<'checkFolderInfo'> = ({ containers, describeContainer }) =>
  containers &&
  (async (_, { container, grant }) => {
    const { user, can } = grant
    const { HostUrl, SharingUrl } = describeContainer(container, grant)
    return {
      info: {
        FolderName: container.name,
        OwnerId: container.ownerId,
        UserId: user.id,
        UserFriendlyName: user.name,
        UserCanWrite: can.has('create'),
        ...(HostUrl !== undefined && { HostViewUrl: HostUrl }),
        ...(SharingUrl !== undefined && { FileSharingUrl: SharingUrl }),
      },
    }
  })
