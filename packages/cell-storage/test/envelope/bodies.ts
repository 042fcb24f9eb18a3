const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'

export const version = `<RequestVersion Version="2" MinorVersion="2" xmlns="${namespace}"/>`

/** A collection with one request, in which there are these sub-requests. */
export const collection = (subRequests: string, attributes = 'RequestToken="1"') =>
  `<RequestCollection CorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c" xmlns="${namespace}"><Request ${attributes}>${subRequests}</Request></RequestCollection>`

export const bare = (subRequests: string) => version + collection(subRequests)

export const body = (inside: string) => `<Body>${inside}</Body>`

export const soap = (inside: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\r\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><To>x</To></s:Header><s:Body>${inside}</s:Body></s:Envelope>`

/** A body of several parts: the XML, and bytes that it includes by their names. */
export function mtom(inside: string, parts: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const pieces = [
    Buffer.from(
      `--uuid:1\r\nContent-ID: <root>\r\nContent-Type: application/xop+xml;charset=utf-8\r\n\r\n${soap(inside)}`,
    ),
    ...Object.entries(parts).flatMap(([name, bytes]) => [
      Buffer.from(
        `\r\n--uuid:1\r\nContent-ID: <${name}>\r\nContent-Transfer-Encoding: binary\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(bytes),
    ]),
    Buffer.from('\r\n--uuid:1--\r\n'),
  ]
  return Buffer.concat(pieces)
}

export const mtomType = 'multipart/related; type="application/xop+xml";start="<root>";boundary="uuid:1"'
