// Queries and acts of layers and drawings.
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { Drawing, DrawingInput, Layer, LayerView, OnlineLayerInput, PackLayerInput } from '../../../native/contract/index.ts'
import { rpc } from '../../app/rpc.ts'
import { withViews } from './layer-tree.ts'

export const layersQuery = { queryKey: ['layers', 'list'], queryFn: (): Promise<Layer[]> => rpc.layers.list.query() }
export const viewsQuery = { queryKey: ['layer-views'], queryFn: (): Promise<LayerView[]> => rpc.layers.views.query() }
export const drawingsQuery = { queryKey: ['drawings', 'list'], queryFn: (): Promise<Drawing[]> => rpc.drawings.list.query({ incident: null }) }

/** States age, so they are asked for again while the list is open. */
export function useLayers() {
  return useQuery({ ...layersQuery, refetchInterval: 15_000 })
}

export function useViews() {
  return useQuery(viewsQuery)
}

export function useDrawings() {
  return useQuery(drawingsQuery)
}

/** Shown at once, kept a moment later: a slider drawn along is one write. */
export function useSetViews() {
  const client = useQueryClient()
  let waiting: LayerView[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  return (changed: readonly LayerView[]): void => {
    client.setQueryData<LayerView[]>(viewsQuery.queryKey, (views = []) => withViews(views, changed))
    waiting = withViews(waiting, changed)
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      const keep = waiting
      waiting = []
      void rpc.layers.setViews.mutate(keep)
    }, 400)
  }
}

function refresh(client: QueryClient) {
  return () => client.invalidateQueries({ queryKey: ['layers'] })
}

export function useAddOnline() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: OnlineLayerInput) => rpc.layers.addOnline.mutate(input), onSettled: refresh(client) })
}

export function useAddPack() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: PackLayerInput) => rpc.layers.addPack.mutate(input), onSettled: refresh(client) })
}

export function useLayerActs() {
  const settled = refresh(useQueryClient())
  return {
    remove: useMutation({ mutationFn: (id: string) => rpc.layers.remove.mutate({ id }), onSettled: settled }),
    check: useMutation({ mutationFn: (id: string) => rpc.layers.check.mutate({ id }), onSettled: settled }),
    setKey: useMutation({ mutationFn: (input: { id: string; key: string | null }) => rpc.layers.setKey.mutate(input), onSettled: settled }),
  }
}

export function addDrawing(input: DrawingInput) {
  return rpc.drawings.add.mutate(input)
}
export function changeDrawing(id: string, input: DrawingInput) {
  return rpc.drawings.change.mutate({ id, ...input })
}
export function removeDrawing(id: string) {
  return rpc.drawings.remove.mutate({ id })
}
export function undoDrawing(entry: string) {
  return rpc.drawings.undo.mutate({ entry })
}
