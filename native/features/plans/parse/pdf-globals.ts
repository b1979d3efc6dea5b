// What pdfjs wants of a browser when it is loaded: reading text needs none of it, so a native canvas is neither needed nor asked for its work.

/** Held only while the drawing half of pdfjs is set up; nothing is drawn. */
class Unused {}

for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: Unused, configurable: true, writable: true })
}
