import { useState } from 'react'
import { thumbnailAddress } from '../api/addresses.ts'
import type { Item } from '../api/listing.ts'
import { KindIcon } from '../kinds.tsx'

/** How a document looks, as soon as that is known; until then, and where it is not, what kind of thing it is. */
export const ItemPicture = ({ item }: { readonly item: Item }) => {
  const [isThere, setThere] = useState(false)
  if (item.kind === 'folder' || !item.hasThumbnail) return <KindIcon item={item} />
  return (
    <span className="picture" data-there={isThere || undefined}>
      <KindIcon item={item} />
      <img
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        src={thumbnailAddress(item.id, item.version)}
        onLoad={() => setThere(true)}
        onError={() => setThere(false)}
      />
    </span>
  )
}
