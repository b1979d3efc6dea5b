// What others say, played: each stream by itself, from one output of this machine.

export interface SoundsOptions {
  /** By the browser's id; '' = the system's own. */
  output: string
  /** `held`: the browser plays nothing before somebody clicks; `gone`: the output is not there; nothing plays, from another one it could be heard where it must not be. */
  onTrouble: (trouble: 'held' | 'gone' | null) => void
  onError: (error: unknown) => void
}

export class Sounds {
  readonly #options: SoundsOptions
  readonly #playing = new Map<string, HTMLAudioElement>()

  constructor(options: SoundsOptions) {
    this.#options = options
  }

  play(stream: string, track: MediaStreamTrack): void {
    const sound = new Audio()
    sound.srcObject = new MediaStream([track])
    this.#playing.set(stream, sound)
    void this.#begin(sound)
  }

  /** Called from a click. */
  playHeld(): void {
    this.#options.onTrouble(null)
    for (const sound of this.#playing.values()) if (sound.paused) void this.#begin(sound)
  }

  silence(stream: string): void {
    const sound = this.#playing.get(stream)
    if (sound === undefined) return
    sound.srcObject = null
    this.#playing.delete(stream)
  }

  silenceAll(): void {
    for (const stream of [...this.#playing.keys()]) this.silence(stream)
  }

  async #begin(sound: HTMLAudioElement): Promise<void> {
    const { output, onTrouble, onError } = this.#options
    try {
      if (output !== '') await sound.setSinkId(output)
    } catch (error) {
      onError(error)
      return onTrouble('gone')
    }
    // Silenced meanwhile: nothing is to be played any more.
    await sound.play().catch((error: unknown) => {
      if (sound.srcObject === null) return
      onError(error)
      if (error instanceof DOMException && error.name === 'NotAllowedError') onTrouble('held')
    })
  }
}
