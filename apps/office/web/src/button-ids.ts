/** What hosts call the buttons of the bar, where that is not what they are called here. */
const names: Readonly<Record<string, string>> = {
  saveas: 'saveAs',
  'save-as': 'saveAs',
  shareas: 'share',
  'rev-history': 'versions',
  closebutton: 'close',
  closemobile: 'close',
  downloadas: 'download',
  zoomin: 'zoomIn',
  zoomout: 'zoomOut',
  searchbutton: 'find',
  'readonlymode-edit': 'edit',
}

/** The name here of a button that a host's page speaks of. */
export const buttonName = (id: string): string => names[id.toLowerCase()] ?? id
