// The acts of this person at this console that can be taken back: undoing gives an act again, so redoing is undoing that.

export interface Undoable {
  entry: string
}

export class UndoStack {
  readonly #undo: string[] = []
  readonly #redo: string[] = []
  readonly #takeBack: (entry: string) => Promise<Undoable>

  constructor(takeBack: (entry: string) => Promise<Undoable>) {
    this.#takeBack = takeBack
  }

  get canUndo(): boolean {
    return this.#undo.length > 0
  }

  get canRedo(): boolean {
    return this.#redo.length > 0
  }

  /** After an act: what had been undone can no longer be redone. */
  did({ entry }: Undoable): void {
    this.#undo.push(entry)
    this.#redo.length = 0
  }

  /** A refused undo (somebody has changed it since) is thrown and leaves the stack: the one below may still be undone. */
  undo(): Promise<boolean> {
    return this.#move(this.#undo, this.#redo)
  }

  redo(): Promise<boolean> {
    return this.#move(this.#redo, this.#undo)
  }

  async #move(from: string[], to: string[]): Promise<boolean> {
    const entry = from.pop()
    if (entry === undefined) return false
    to.push((await this.#takeBack(entry)).entry)
    return true
  }
}
