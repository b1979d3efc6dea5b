// A plain Cesium page with the settings every page of the bench has: offline base imagery, the software profile, drawn on request.
import {
  CesiumWidget,
  EllipsoidTerrainProvider,
  GeographicTilingScheme,
  ImageryLayer,
  Ion,
  Rectangle,
  UrlTemplateImageryProvider,
  buildModuleUrl,
} from 'cesium'

export function makeBareWidget(): CesiumWidget {
  Ion.defaultAccessToken = ''
  const url = `${buildModuleUrl('Assets/Textures/NaturalEarthII')}/{z}/{x}/{reverseY}.jpg`
  const baseLayer = new ImageryLayer(new UrlTemplateImageryProvider({ url, tilingScheme: new GeographicTilingScheme(), maximumLevel: 2 }))
  const widget = new CesiumWidget(document.querySelector('#globe')!, {
    baseLayer,
    terrainProvider: new EllipsoidTerrainProvider(),
    skyBox: false,
    requestRenderMode: true,
    maximumRenderTimeChange: Infinity,
    msaaSamples: 1,
    creditContainer: document.createElement('div'),
  })
  const { scene } = widget
  scene.fog.enabled = false
  scene.globe.showGroundAtmosphere = false
  if (scene.skyAtmosphere !== undefined) scene.skyAtmosphere.show = false
  if (scene.sun !== undefined) scene.sun.show = false
  if (scene.moon !== undefined) scene.moon.show = false
  scene.logarithmicDepthBuffer = false
  widget.resolutionScale = 0.5
  scene.camera.setView({ destination: Rectangle.fromDegrees(105.3, 31.6, 111.4, 39.7) })
  return widget
}
