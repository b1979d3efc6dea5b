// Pages of a PDF as pictures: pdf.js reads the file, nothing in it runs, nothing is fetched but from this station.
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

/** A drawing for a wall of posters is not drawn pixel by pixel. */
const mostPixels = 4_000_000

export class PdfPages {
  readonly #document: PDFDocumentProxy
  readonly #end: () => Promise<void>

  private constructor(document: PDFDocumentProxy, end: () => Promise<void>) {
    this.#document = document
    this.#end = end
  }

  /** @throws whatever pdf.js makes of a file that is none */
  static async open(url: string): Promise<PdfPages> {
    GlobalWorkerOptions.workerSrc = workerUrl
    const loading = getDocument({
      url,
      cMapUrl: '/pdf/cmaps/',
      standardFontDataUrl: '/pdf/standard_fonts/',
      wasmUrl: '/pdf/wasm/',
      iccUrl: '/pdf/iccs/',
      isEvalSupported: false,
      enableXfa: false,
      disableAutoFetch: true,
    })
    return new PdfPages(await loading.promise, () => loading.destroy())
  }

  get count(): number {
    return this.#document.numPages
  }

  /** @param number from 1 @param room the place it is to fill */
  async draw(canvas: HTMLCanvasElement, number: number, room: { width: number; height: number }): Promise<void> {
    const page = await this.#document.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    const fit = Math.min(room.width / width, room.height / height)
    const scale = Math.min(fit, Math.sqrt(mostPixels / (width * height)))
    const viewport = page.getViewport({ scale })
    const sheet = document.createElement('canvas')
    sheet.width = Math.max(1, Math.round(viewport.width))
    sheet.height = Math.max(1, Math.round(viewport.height))
    await page.render({ canvas: sheet, viewport }).promise
    // Drawn beside and then put over: a page is never seen half.
    canvas.width = sheet.width
    canvas.height = sheet.height
    canvas.getContext('2d')?.drawImage(sheet, 0, 0)
    page.cleanup()
  }

  async close(): Promise<void> {
    await this.#end()
  }
}
