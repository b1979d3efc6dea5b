// Cameras, microphones and loudspeakers of this machine: asked for, what went wrong with it in one word, and how loud a microphone is.
export interface Devices {
  cameras: MediaDeviceInfo[]
  microphones: MediaDeviceInfo[]
  speakers: MediaDeviceInfo[]
}

/** What the officer is told; `none`: there is no such device. */
export type DeviceTrouble = 'denied' | 'none' | 'busy' | 'other'

/** A page that came from another machine without TLS is given none by any browser. @throws DOMException SecurityError */
function given(): MediaDevices {
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new DOMException('not a secure page', 'SecurityError')
  return devices
}

/** Names are given only once something was allowed. @throws DOMException SecurityError */
export async function listDevices(): Promise<Devices> {
  const all = await given().enumerateDevices()
  const of = (wanted: MediaDeviceKind) => all.filter(({ kind }) => kind === wanted)
  return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') }
}

/** @param deviceId null = whichever the system offers first @throws DOMException */
export async function openCamera(
  deviceId: string | null,
  { widthPx, heightPx }: { widthPx: number; heightPx: number } = { widthPx: 1280, heightPx: 720 },
): Promise<MediaStreamTrack> {
  const wanted = { width: { ideal: widthPx }, height: { ideal: heightPx }, frameRate: { ideal: 25, max: 30 } }
  const stream = await given().getUserMedia({ video: deviceId === null ? wanted : { ...wanted, deviceId: { exact: deviceId } } })
  return firstOf(stream.getVideoTracks())
}

/** @param isLine a line from another device: taken as it is, in stereo, nobody's room is in it @throws DOMException */
export async function openMicrophone(deviceId: string | null, { isLine = false }: { isLine?: boolean } = {}): Promise<MediaStreamTrack> {
  const wanted = { echoCancellation: !isLine, noiseSuppression: !isLine, autoGainControl: !isLine, ...(isLine ? { channelCount: 2 } : {}) }
  const stream = await given().getUserMedia({ audio: deviceId === null ? wanted : { ...wanted, deviceId: { exact: deviceId } } })
  return firstOf(stream.getAudioTracks())
}

/** The screen or window that the person picks in the system's own dialog. */
export async function openScreen(): Promise<MediaStreamTrack> {
  const stream = await given().getDisplayMedia({ video: { frameRate: { ideal: 10, max: 15 } }, audio: false })
  const track = firstOf(stream.getVideoTracks())
  track.contentHint = 'detail'
  return track
}

/** The person has put the picker away; in the shell, which says by itself what else went wrong there, that is an AbortError. */
export function isPickerClosed(error: unknown): boolean {
  if (!(error instanceof DOMException)) return false
  // A refusal by the system or by a policy has the same name and was nobody's choice.
  if (error.name === 'NotAllowedError') return !/system|policy/i.test(error.message)
  return error.name === 'AbortError' && 'wanglouShell' in globalThis
}

export function troubleOf(error: unknown): DeviceTrouble {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'other'
  }
}

/** Some browsers leave the choice of the loudspeaker to the system. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype
}

const toneMs = 700

/** A short tone, played as a call is: through an element with that output. @param output by the browser's id; '' = the system's own @throws DOMException */
export async function playTone(output: string): Promise<void> {
  const context = new AudioContext()
  const sound = new Audio()
  try {
    if (output !== '') await sound.setSinkId(output)
    const tone = new OscillatorNode(context, { frequency: 660 })
    const volume = new GainNode(context, { gain: 0 })
    const into = context.createMediaStreamDestination()
    tone.connect(volume).connect(into)
    // Without a click at either end.
    const end = context.currentTime + toneMs / 1_000
    volume.gain.linearRampToValueAtTime(0.25, context.currentTime + 0.05)
    volume.gain.setValueAtTime(0.25, end - 0.1)
    volume.gain.linearRampToValueAtTime(0, end)
    sound.srcObject = into.stream
    tone.start()
    await sound.play()
    await new Promise((resolve) => setTimeout(resolve, toneMs))
  } finally {
    sound.srcObject = null
    await context.close()
  }
}

/** Calls back ten times a second with 0…1. @returns how to stop */
export function followLevel(track: MediaStreamTrack, onLevel: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 512
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    // −60 dB and below is silence, 0 dB is all there is.
    onLevel(Math.min(1, Math.max(0, 1 + Math.log10(Math.max(power, 1e-6)) / 6)))
  }, 100)
  return () => {
    clearInterval(timer)
    if (context.state !== 'closed') void context.close()
  }
}

function firstOf(tracks: MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks
  if (track === undefined) throw new DOMException('no track', 'NotFoundError')
  return track
}
