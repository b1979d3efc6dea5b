// Cesium writes inline styles in three places, which the page's policy refuses; none of them is reached: one room for it, before the widget is made.
import { Credit, CreditDisplay, FeatureDetection } from 'cesium'

/** @returns where the widget may put its credits: off the page, so that the style sheet it writes there is never applied and the policy has nothing to refuse */
export function avoidInlineStyles(): { creditContainer: HTMLElement; creditViewport: HTMLElement } {
  // Its own credit is HTML with a style attribute; the attribution of layers stands in the layer tree.
  CreditDisplay.cesiumCredit = new Credit('CesiumJS', false)
  // Its test for this sets a style attribute. At half size, smoothed pixels look better than coarse ones anyway.
  Object.assign(FeatureDetection, { supportsImageRenderingPixelated: () => false })
  const creditContainer = document.createElement('div')
  // A root of its own, else the style sheet goes into the head of the page.
  document.createElement('div').attachShadow({ mode: 'open' }).append(creditContainer)
  return { creditContainer, creditViewport: document.createElement('div') }
}
