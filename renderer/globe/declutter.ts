// Which labels are drawn where they would cover one another: the more important first, the rest wait until one looks closer.

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const CELL_PX = 64

/** Keeps boxes apart; a grid makes each question cost only its neighbours. */
export class Declutter {
  readonly #cells = new Map<number, Box[]>()

  /** Takes the room when it is free. */
  place(box: Box): boolean {
    const cells = [...cellsOf(box)]
    for (const cell of cells) {
      if (this.#cells.get(cell)?.some((other) => overlaps(box, other))) return false
    }
    this.#occupy(box, cells)
    return true
  }

  /** Takes the room whether or not it is free: for what is drawn anyway. */
  occupy(box: Box): void {
    this.#occupy(box, [...cellsOf(box)])
  }

  #occupy(box: Box, cells: number[]): void {
    for (const cell of cells) {
      const boxes = this.#cells.get(cell)
      if (boxes === undefined) this.#cells.set(cell, [box])
      else boxes.push(box)
    }
  }
}

function* cellsOf({ x, y, width, height }: Box): Iterable<number> {
  for (let row = Math.floor(y / CELL_PX); row <= Math.floor((y + height) / CELL_PX); row++) {
    for (let column = Math.floor(x / CELL_PX); column <= Math.floor((x + width) / CELL_PX); column++) yield row * 4096 + column
  }
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
