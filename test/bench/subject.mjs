/**
 * What is decoded: an answer as the service sends it, the 298 bytes of a missing key.
 */
export const body =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>" +
  "<RequestId>DCD2FC9CAB78000001438F6640529BA9</RequestId>" +
  "<HostId>nkbX5Pw7vRd26kP6gRwQQ4AxiN446dN608LMf4/9h/NMdhrWsc17Vnlva6VS23dq</HostId><Key>object</Key></Error>"

export const headers = {
  server: "OBS",
  "x-obs-request-id": "DCD2FC9CAB78000001438F6640529BA9",
  "x-obs-id-2": "32AAAQAAEAABAAAQAAEAABAAAQAAEAABCSQwxJ2I1VvxD",
  "content-type": "application/xml",
  date: "Tue, 14 Jan 2014 06:17:59 GMT",
  "content-length": "298"
}

/** The same data as JSON, what is taken from the headers included. */
export const json = JSON.stringify({
  Code: "NoSuchKey",
  Message: "The specified key does not exist.",
  RequestId: "DCD2FC9CAB78000001438F6640529BA9",
  HostId: "nkbX5Pw7vRd26kP6gRwQQ4AxiN446dN608LMf4/9h/NMdhrWsc17Vnlva6VS23dq",
  Key: "object",
  Status: 404,
  Id2: headers["x-obs-id-2"]
})

/** The least that an error with this data costs. */
class Plain extends Error {
  constructor({ Message, ...fields }) {
    super(Message)
    Object.assign(this, fields)
  }
}

export const floor = () => new Plain(JSON.parse(json))

export const floorName = "floor: JSON.parse of the same data and an Error with it"
