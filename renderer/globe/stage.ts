// One Cesium widget on one canvas, quiet and offline; thrown away and made again after a lost graphics context.
import { type Camera, Cartesian3, CesiumWidget, Color, Ellipsoid, EllipsoidTerrainProvider, Ion } from 'cesium'
import { avoidInlineStyles } from './inline-styles.ts'
import { isSoftwareRenderer, type RenderSetting } from './profile.ts'

const background = Color.fromCssColorString('#0b1118')
const land = Color.fromCssColorString('#16202b')

/** Where the camera stands, to be taken over by the next stage. */
export interface Pose {
  position: Cartesian3
  direction: Cartesian3
  up: Cartesian3
}

export interface Stage {
  widget: CesiumWidget
  isSoftware: boolean
}

/** Makes the widget: no ion, no outside host, drawn only when something changed. Throws where there is no WebGL. */
export function createStage(container: HTMLElement, setting: RenderSetting): Stage {
  Ion.defaultAccessToken = ''
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    terrainProvider: new EllipsoidTerrainProvider({ ellipsoid: Ellipsoid.WGS84 }),
    skyBox: false,
    requestRenderMode: true,
    maximumRenderTimeChange: Infinity,
    showRenderLoopErrors: false,
    ...avoidInlineStyles(),
    contextOptions: { webgl: { alpha: false, powerPreference: 'high-performance' } },
  })
  // Instead of Cesium's style sheet, of which nothing else is used.
  if (widget.canvas.parentElement !== null) widget.canvas.parentElement.style.cssText = 'position:absolute;inset:0'
  widget.canvas.style.cssText = 'display:block;width:100%;height:100%'
  widget.resize()
  const isSoftware = setting === 'software' || (setting === 'auto' && isSoftwareRenderer(widget.canvas))
  const { scene } = widget
  scene.backgroundColor = background
  scene.globe.baseColor = land
  scene.globe.depthTestAgainstTerrain = false
  scene.globe.enableLighting = false
  // Our imagery ends at level 2: half the detail elsewhere is not seen and halves the tiles.
  scene.globe.maximumScreenSpaceError = isSoftware ? 3 : 2
  if (scene.sun !== undefined) scene.sun.show = false
  if (scene.moon !== undefined) scene.moon.show = false
  scene.screenSpaceCameraController.minimumZoomDistance = 30
  scene.screenSpaceCameraController.maximumZoomDistance = 40_000_000
  if (isSoftware) quieten(widget)
  else scene.msaaSamples = 4
  return { widget, isSoftware }
}

/** The software rendering profile (globe.md §2): what the processor would pay most for is left out. */
function quieten(widget: CesiumWidget): void {
  const { scene } = widget
  scene.msaaSamples = 1
  scene.fog.enabled = false
  scene.globe.showGroundAtmosphere = false
  if (scene.skyAtmosphere !== undefined) scene.skyAtmosphere.show = false
  scene.postProcessStages.fxaa.enabled = false
  scene.logarithmicDepthBuffer = false
  scene.highDynamicRange = false
}

export function readPose(camera: Camera): Pose {
  return { position: Cartesian3.clone(camera.positionWC), direction: Cartesian3.clone(camera.directionWC), up: Cartesian3.clone(camera.upWC) }
}

export function applyPose(camera: Camera, pose: Pose): void {
  camera.setView({ destination: pose.position, orientation: { direction: pose.direction, up: pose.up } })
}
