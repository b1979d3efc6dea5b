// Walls, scenes and browsers that are screens, for the tests of the wall.
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import { expect } from 'vitest'
import WebSocket from 'ws'
import type { AppRouter } from '../../../app-router.ts'
import type { ScreenContent, ScreenEvent, WallTile } from '../../../contract/index.ts'
import { newId } from '../../../kernel/ids.ts'
import type { TestApp } from '../../../testing/app.ts'

export const frame = { x: 0, y: 0, width: 2, height: 1 }
export type Officer = Awaited<ReturnType<TestApp['as']>>

/** @param app as it stands when a test runs */
export function wallTesting(app: () => TestApp) {
  async function wallOf(officer: Officer, more: { rows?: number; columns?: number; groupName?: string } = {}) {
    const id = newId()
    await officer.rpc.wall.saveWall.mutate({ id, name: '指挥大厅', rows: 1, columns: 2, bezelX: 0, bezelY: 0, groupName: '', ...more })
    const standing = await officer.rpc.wall.standing.query()
    return { id, screens: standing.find((wall) => wall.id === id)!.screens.map((screen) => screen.id) }
  }

  async function sceneOf(
    officer: Officer,
    wall: string,
    name: string,
    more: { tiles?: WallTile[]; isInternal?: boolean; acts?: never[] } = {},
  ): Promise<string> {
    const id = newId()
    const scene = {
      id,
      wall,
      name,
      isInternal: false,
      acts: [],
      incidentType: null,
      phase: null,
      tiles: [{ id: newId(), kind: 'clock' as const, frame }],
      ...more,
    }
    await officer.rpc.wall.saveScene.mutate(scene)
    return id
  }

  async function standingOf(officer: Officer, wall: string) {
    return (await officer.rpc.wall.standing.query()).find(({ id }) => id === wall)!
  }

  /** A browser that is a screen, as its page behaves. */
  async function browserOf(officer: Officer, screen: string, behaviour: { isSlow?: boolean; lacks?: string | null; token?: string } = {}) {
    const seat = behaviour.token === undefined ? await app().stranger() : { token: behaviour.token, rpc: app().client(behaviour.token) }
    const begun = await seat.rpc.wall.screen.begin.mutate({ screen })
    if (!begun.isPaired) await officer.rpc.wall.pair.mutate({ code: ` ${begun.code.toLowerCase().slice(0, 3)}-${begun.code.slice(3)}` })
    const socket = createWSClient({
      url: `${app().door.origin.replace('http', 'ws')}/rpc`,
      WebSocket: class extends WebSocket {
        constructor(url: string) {
          super(url, { headers: { Authorization: `Bearer ${seat.token}` } })
        }
      } as never,
    })
    const rpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] })
    const events: ScreenEvent[] = []
    const shown: string[] = []
    let prepared: ScreenContent | null = null
    const say = (phase: 'ready' | 'failed' | 'shown', of: string) => {
      const faults = behaviour.lacks ? [{ tile: behaviour.lacks, reason: 'picture' }] : []
      void rpc.wall.screen.report.mutate({ screen, phase, switch: of, paintedAt: Date.now(), faults, thumbnail: null }).catch(() => undefined)
    }
    const subscription = rpc.wall.screen.follow.subscribe(
      { screen },
      {
        onData(event) {
          events.push(event)
          if (event.kind === 'state' && event.content !== null) {
            shown.push(event.content.sceneName)
            say('shown', event.content.switch)
          }
          if (event.kind === 'prepare') {
            prepared = event.content
            if (behaviour.isSlow !== true) say(behaviour.lacks ? 'failed' : 'ready', event.content.switch)
          }
          if (event.kind === 'show' && prepared?.switch === event.switch) {
            shown.push(prepared.sceneName)
            say('shown', event.switch)
          }
        },
      },
    )
    await expect.poll(() => events.length).toBeGreaterThan(0)
    return {
      token: seat.token,
      rpc: seat.rpc,
      events,
      shown,
      ready: () => {
        if (prepared !== null) say('ready', prepared.switch)
      },
      close() {
        subscription.unsubscribe()
        void socket.close()
      },
    }
  }
  return { wallOf, sceneOf, standingOf, browserOf }
}
