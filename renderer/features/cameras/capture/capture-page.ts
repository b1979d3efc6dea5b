// This page as the one that captures for its console: asks its station what is wanted, and captures that; comes back by itself.
import { onScopeDispose, shallowRef } from 'vue'
import { v7 as newId } from 'uuid'
import type { CaptureJob } from '../../../../native/contract/index.ts'
import { pageError } from '../../../app/page-error.ts'
import { rpc } from '../../../app/rpc.ts'
import { Capturing } from './capturing.ts'

const againMs = 2_000

/** @returns what is captured now */
export function useCapturePage() {
  const active = shallowRef<readonly CaptureJob[]>([])
  const running = new Map<string, Capturing>()
  let line: { unsubscribe: () => void } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let page = newId()
  let isOver = false

  function onError(error: unknown): void {
    console.warn('capture', error instanceof DOMException ? error.name : pageError(error).code)
  }
  function onJobs(jobs: readonly CaptureJob[]): void {
    const wanted = new Map(jobs.map((job) => [`${job.camera} ${job.device} ${job.sound}`, job]))
    for (const [key, capturing] of running)
      if (!wanted.has(key)) {
        running.delete(key)
        capturing.end()
      }
    for (const [key, job] of wanted) {
      if (running.has(key)) continue
      const capturing = new Capturing({ page, job, onError })
      running.set(key, capturing)
      void capturing.start()
    }
    active.value = jobs
  }
  function attend(): void {
    page = newId()
    line = rpc.cameraCapture.attend.subscribe({ page }, { onData: onJobs, onError: (error: unknown) => again(error), onComplete: () => again(null) })
  }
  function again(error: unknown): void {
    if (error !== null) onError(error)
    line?.unsubscribe()
    onJobs([])
    clearTimeout(timer)
    if (!isOver) timer = setTimeout(attend, againMs)
  }
  function onDevices(): void {
    for (const capturing of running.values()) capturing.devicesChanged()
    rpc.cameraCapture.devicesChanged.mutate({ page }).catch(onError)
  }

  attend()
  navigator.mediaDevices?.addEventListener('devicechange', onDevices)
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
    line?.unsubscribe()
    onJobs([])
    navigator.mediaDevices?.removeEventListener('devicechange', onDevices)
  })
  return active
}
