// Whether this machine draws with its processor, so that the costly parts of the picture are left out.

/** `auto` looks at the renderer's name. */
export type RenderSetting = 'auto' | 'software' | 'hardware'

const software = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i

/** @param canvas one that already has a WebGL context */
export function isSoftwareRenderer(canvas: HTMLCanvasElement): boolean {
  const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl')
  if (gl === null) return true
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  return isSoftwareName(String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)))
}

/** @param name what the driver calls itself, e.g. `ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device …))` */
export function isSoftwareName(name: string): boolean {
  return software.test(name)
}
