// What every answer forbids the browser to do.
import type { ServerResponse } from 'node:http'

/**
 * The page may load nothing that is not from this station and run nothing that is not a file of it. No `unsafe-inline`, no `unsafe-eval`.
 * `wasm-unsafe-eval` is for Cesium's decoders (WebAssembly, no JavaScript); `blob:` for its workers and the images it decodes.
 */
export function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' blob: data: ws://${host}`,
    "worker-src 'self' blob:",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** A screen of the wall may hold a web page (in a sandbox, without our origin); a plain browser cannot keep it from this machine's own addresses, the shell does. */
export function wallSecurityPolicy(host: string): string {
  return `${contentSecurityPolicy(host)}; frame-src https: http:`
}

/** Files of strangers (attachments) may not run anything at all. */
export const fileSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

export function setSecurityHeaders(response: ServerResponse, policy: string): void {
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'geolocation=(), camera=(self), microphone=(self), usb=(), serial=()')
}
