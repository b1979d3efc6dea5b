// Three places of Cesium write inline styles, which the door's Content-Security-Policy refuses; each is put the allowed way while the page is built.
import type { Plugin } from 'vite'

interface Mend {
  file: RegExp
  was: string
  is: string
}

const mends: readonly Mend[] = [
  {
    file: /\/Core\/FeatureDetection\.js$/,
    was: `canvas.setAttribute(
      "style",
      "image-rendering: -moz-crisp-edges;" + "image-rendering: pixelated;",
    );`,
    is: 'canvas.style.imageRendering = "pixelated";',
  },
  {
    file: /\/Scene\/CreditDisplay\.js$/,
    was: `const shadowRootOrDocumentHead = getShadowRoot(container) ?? document.head;
  const styleElem = document.createElement("style");
  styleElem.innerHTML = style;
  shadowRootOrDocumentHead.appendChild(styleElem);`,
    is: `const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const root = getShadowRoot(container) ?? document;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];`,
  },
  { file: /\/Scene\/CreditDisplay\.js$/, was: ' style="vertical-align: -7px"', is: '' },
]

/** @returns the source mended, or as it was; throws when a newer Cesium no longer has the words, so that an upgrade does not go unnoticed */
export function mend(id: string, source: string): string {
  return mends
    .filter(({ file }) => file.test(id))
    .reduce((text, { was, is }) => {
      if (!text.includes(was)) throw new Error(`${id} has changed: build/vite/cesium-policy.ts must be looked at again`)
      return text.replaceAll(was, is)
    }, source)
}

export function cesiumPolicy(): Plugin {
  return {
    name: 'wanglou:cesium-policy',
    enforce: 'pre',
    transform: {
      filter: { id: /@cesium\/engine\/Source\/(Core\/FeatureDetection|Scene\/CreditDisplay)\.js$/ },
      handler: (source, id) => ({ code: mend(id, source), map: null }),
    },
  }
}
