// Why a camera's picture does not come: the closed list that the stream doctor (取流诊断) names, each with the hop where it failed.

/** The way of a picture, in order: what comes later was not reached. */
export const streamHops = [
  'address',
  'name',
  'connection',
  'certificate',
  'protocol',
  'login',
  'stream',
  'transport',
  'media',
  'codec',
  'picture',
  'sfu',
] as const
export type StreamHop = (typeof streamHops)[number]

/** Each code has a sentence and a next step in `renderer/features/cameras/fault-words.*.ts`; a test fails on a missing one. */
export const faultHops = {
  /** The address cannot be read, or is of a kind this source does not take. */
  'address-invalid': 'address',
  'name-unresolved': 'name',
  'host-unreachable': 'connection',
  /** `{ protocol, port, usual }`: usual = the port that this protocol mostly has. */
  'port-closed': 'connection',
  'connect-timeout': 'connection',
  /** The connection ended while it worked. */
  'connection-lost': 'connection',
  /** `PresentedCertificate` and `{ reason }`, see `certificateReasons`. */
  certificate: 'certificate',
  /** Another one is trusted there, whose fingerprint is `trusted`: somebody may stand in between. The rest as above. */
  'certificate-changed': 'certificate',
  /** Something answers, but does not speak the protocol: `{ }`. */
  'not-the-protocol': 'protocol',
  /** A header without end, or a description larger than any camera's: `{ limitBytes }`. */
  'answer-too-large': 'protocol',
  /** A question was not answered in time: `{ method, seconds }`. */
  'no-answer': 'protocol',
  'redirect-loop': 'protocol',
  /** 401 with the user name and password we have. */
  unauthorised: 'login',
  /** 401, and no password is kept. */
  'password-missing': 'login',
  /** A password is kept, entered for another host than the address leads to now: it is not given to this one, `{ host }`. */
  'password-elsewhere': 'login',
  /** The device's clock is too far from ours for a signed login (ONVIF): `{ seconds }`. */
  'clock-skew': 'login',
  forbidden: 'stream',
  'no-such-stream': 'stream',
  /** The device gives no further stream: 453, 503. */
  busy: 'stream',
  /** `{ status }`, of a platform `{ status, said }` */
  'server-error': 'stream',
  /** The platform took the question and did not answer it: `{ seconds }`. */
  'platform-silent': 'stream',
  /** The platform answered, its camera did not: `{ said }`. */
  'camera-silent': 'stream',
  /** The camera, or the way we speak to it, cannot do this. */
  'not-offered': 'stream',
  'description-invalid': 'stream',
  /** It describes no picture. */
  'no-video': 'stream',
  'transport-refused': 'transport',
  /** No packet came after PLAY: `{ seconds }`. */
  'no-media': 'media',
  /** No packet came, and the device names another address than the one we reach it by: `{ named }`. */
  'sdp-address': 'media',
  /** The device pushes its stream to us (RTMP), and has not begun. */
  'push-waiting': 'media',
  /** A recording has been played to its end. */
  'record-over': 'media',
  /** Packets came and then stopped: `{ seconds }`. */
  stalled: 'media',
  /** `{ codec }` */
  'codec-unplayable': 'codec',
  /** A packing of H.264 that no browser takes. */
  'packing-unplayable': 'codec',
  'no-parameter-sets': 'picture',
  /** Pictures are shown in another order than they are sent; the page plays them with jumps. */
  'b-frames': 'picture',
  /** A viewer who joins waits for so long: `{ seconds }`. */
  'rare-key-frames': 'picture',
  /** `{ percent }` of the packets are lost on the way from the camera. */
  loss: 'media',
  /** `{ seconds }` */
  'no-key-frame': 'picture',
  /** No page of the console that the capture card is plugged into is open, or its station cannot be reached: `{ console }`. */
  'capture-away': 'connection',
  /** The console's page may not use the device: `{ console }`. */
  'capture-denied': 'login',
  /** The console has no such device now: `{ console, device }`. */
  'capture-no-device': 'stream',
  /** Another program of the console holds the device, or it gives nothing: `{ console, device }`. */
  'capture-busy': 'stream',
  /** Its picture comes, its sound does not: `{ console, device }` of the sound. */
  'capture-no-sound': 'stream',
  /** The port for pushed streams is taken on this machine: `{ port }`. */
  'push-port-taken': 'connection',
  /** What comes is no JPEG. */
  'no-picture-format': 'picture',
  'sfu-missing': 'sfu',
  'sfu-lost': 'sfu',
} as const satisfies Record<string, StreamHop>
export type StreamFaultCode = keyof typeof faultHops

/** Whose fault it is where it is not the camera's own: the platform's, that of its media server, of a WHEP server, of the way from our own station to the page. */
export const faultParties = ['platform', 'relay', 'server', 'station'] as const
export type FaultParty = (typeof faultParties)[number]

export interface StreamFault {
  code: StreamFaultCode
  /** Values that the text names, and `of`, a `FaultParty` or nothing. Never a password, never an address with one. */
  params: Record<string, string | number | null>
}

/** A stream's fault on its way up to whoever owns the stream; there it becomes state. */
export class StreamError extends Error {
  readonly fault: StreamFault
  constructor(code: StreamFaultCode, params: StreamFault['params'] = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.name = 'StreamError'
    this.fault = { code, params }
  }

  /** The same, said of another party. */
  of(party: FaultParty): StreamError {
    return new StreamError(this.fault.code, { ...this.fault.params, of: party }, { cause: this })
  }
}
