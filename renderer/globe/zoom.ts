// How much larger the page draws everything on a large console (theme.css); the globe's canvas reckons in the window's pixels, so its signs follow here.

/** 1 on an ordinary console, 2 at 3840 × 2160. */
export function pageZoom(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--zoom')) || 1
}
