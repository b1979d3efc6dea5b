// The tools of the globe by name, for toolbar, palette and keys alike.
import { ref, shallowRef } from 'vue'
import type { DrawingGeometry } from '../../../native/contract/index.ts'
import type { DrawKind, Measurement, MeasureKind, Picked } from '../../globe/types.ts'
import { useGlobe } from '../../globe/useGlobe.ts'
import { undoDrawing } from './layers.api.ts'
import { UndoStack } from './undo-stack.ts'

export const toolNames = [
  'draw-point',
  'draw-line',
  'draw-polygon',
  'draw-circle',
  'measure-distance',
  'measure-area',
  'measure-height',
  'home',
] as const
export type ToolName = (typeof toolNames)[number]

/** The tool in hand; null = none. */
export const activeTool = ref<ToolName | null>(null)
/** Drawn and not yet named: the dialog asks for name and sign. */
export const drawn = shallowRef<DrawingGeometry | null>(null)
export const measured = shallowRef<Measurement | null>(null)
export const pickedDrawing = shallowRef<Picked | null>(null)
/** Counts up with every act, so that the buttons follow. */
export const acts = ref(0)
export const undoStack = new UndoStack(undoDrawing)

export async function runTool(name: ToolName): Promise<void> {
  const globe = useGlobe().value
  if (globe === null) return
  if (name === 'home') return globe.flyHome()
  activeTool.value = name
  try {
    if (name.startsWith('measure-')) {
      measured.value = null
      measured.value = await globe.measure(name.slice('measure-'.length) as MeasureKind)
    } else {
      const geometry = await globe.draw(name.slice('draw-'.length) as DrawKind)
      if (geometry !== null && geometry.type !== 'MultiLineString' && geometry.type !== 'MultiPolygon') drawn.value = geometry
    }
  } finally {
    // Another tool may have taken over meanwhile: then its name stands.
    if (activeTool.value === name) activeTool.value = null
  }
}

export function did(act: { entry: string }): void {
  undoStack.did(act)
  acts.value++
}

export async function undo(): Promise<void> {
  try {
    await undoStack.undo()
  } finally {
    acts.value++
  }
}

export async function redo(): Promise<void> {
  try {
    await undoStack.redo()
  } finally {
    acts.value++
  }
}
