// The wall as operators call it, and as its screens do, where nobody has signed in.
import { z } from 'zod'
import {
  DeviceInput,
  ConnectInput,
  ConnectTransportInput,
  ConsumeInput,
  DisplayAct,
  Id,
  Place,
  type PlaceCallInput,
  RestartIceInput,
  SceneInput,
  sceneFileLimitBytes,
  ScheduleInput,
  ScreenReport,
  templateLimitBytes,
  text,
  WallGlobeView,
  WallInput,
  WallTile,
  WanglouError,
  WatchInput,
} from '../../contract/index.ts'
import { listSerialPorts } from '../../protocols/display/serial-line.ts'
import { type Context, openProcedure, procedure, router } from '../../door/trpc.ts'
import type { Asking, ScreenCall } from './screen-tiles.ts'
import type { Wall } from './wall.feature.ts'
import type { Caller } from './wall.routes.ts'

const OfScreen = z.object({ screen: Id })
const OfTile = z.object({ screen: Id, tile: Id })
const One = z.object({ id: Id })
const OnWall = z.object({ wall: Id })
const Switch = z.object({ wall: Id, scene: Id })

export function wallRouter(wall: Wall) {
  return router({
    standing: procedure('wall.read').query(() => wall.standing()),
    screensAt: procedure('wall.read').query(() => wall.screensAt),
    scenes: procedure('wall.read')
      .input(z.object({ wall: Id.nullable() }))
      .query(({ input }) => wall.scenes.list(input.wall)),
    offers: procedure('wall.read').query(() => wall.scenes.offers()),
    history: procedure('wall.read')
      .input(OnWall)
      .query(({ input }) => wall.history(input.wall)),
    preview: procedure('wall.switch')
      .input(z.object({ tile: WallTile, isInternal: z.boolean() }))
      .query(({ input }) => wall.tiles.boardOf(input.tile, input.isInternal)),
    previewChart: procedure('wall.switch')
      .input(z.object({ tile: WallTile, isInternal: z.boolean() }))
      .query(({ input }) => (input.tile.kind === 'chart' ? wall.tiles.chartOf(input.tile, input.isInternal) : null)),
    previewText: procedure('wall.switch')
      .input(z.object({ text: text(500) }))
      .query(({ input }) => wall.tiles.textOf(input.text)),
    previewCameras: procedure('wall.switch')
      .input(z.object({ cameras: z.array(Id).max(16), isInternal: z.boolean() }))
      .query(({ input }) => wall.tiles.camerasOf(input.cameras, input.isInternal)),
    /** The globe of this operator's console looks there. */
    look: procedure('wall.switch')
      .input(WallGlobeView)
      .mutation(({ input, ctx }) => wall.look(input, ctx.actor)),
    shownAt: procedure('wall.read')
      .input(OnWall.extend({ at: z.int().min(0) }))
      .query(({ input }) => wall.shownAt(input.wall, input.at)),

    saveWall: procedure('wall.admin')
      .input(WallInput)
      .mutation(({ input, ctx }) => wall.walls.save(input, ctx.actor)),
    removeWall: procedure('wall.admin')
      .input(One)
      .mutation(({ input, ctx }) => wall.walls.remove(input.id, ctx.actor)),
    pair: procedure('wall.admin')
      .input(z.object({ code: text(20), screen: Id.optional() }))
      .mutation(({ input, ctx }) => wall.walls.pair(input, ctx.actor)),
    revoke: procedure('wall.admin')
      .input(OfScreen)
      .mutation(({ input, ctx }) => wall.walls.revoke(input.screen, ctx.actor)),
    hold: procedure('wall.switch')
      .input(z.object({ wall: Id, isTakeOver: z.boolean() }))
      .mutation(({ input, ctx }) => wall.walls.hold(input.wall, ctx.actor, input)),
    release: procedure('wall.switch')
      .input(OnWall)
      .mutation(({ input, ctx }) => wall.walls.release(input.wall, ctx.actor)),

    saveScene: procedure('wall.switch')
      .input(SceneInput)
      .mutation(({ input, ctx }) => wall.scenes.save(input, ctx.actor)),
    removeScene: procedure('wall.switch')
      .input(One)
      .mutation(({ input, ctx }) => wall.scenes.remove(input.id, ctx.actor)),
    arrangeScenes: procedure('wall.switch')
      .input(z.object({ wall: Id, order: z.array(Id).max(500) }))
      .mutation(({ input, ctx }) => wall.scenes.arrange(input.wall, input.order, ctx.actor)),
    addShipped: procedure('wall.switch')
      .input(OnWall)
      .mutation(({ input, ctx }) => wall.scenes.addShipped(input.wall, ctx.actor)),
    exportScenes: procedure('wall.switch')
      .input(OnWall)
      .query(({ input }) => wall.scenes.export(input.wall)),
    importScenes: procedure('wall.switch')
      .input(z.object({ wall: Id, source: z.string().max(sceneFileLimitBytes) }))
      .mutation(({ input, ctx }) => wall.scenes.import(input.wall, input.source, ctx.actor)),
    switch: procedure('wall.switch')
      .input(Switch)
      .mutation(({ input, ctx }) => wall.switchTo(input.wall, input.scene, ctx.actor)),
    rollBack: procedure('wall.switch')
      .input(OnWall)
      .mutation(({ input, ctx }) => wall.rollBack(input.wall, ctx.actor)),
    showAnyway: procedure('wall.switch')
      .input(OfScreen)
      .mutation(({ input, ctx }) => wall.showAnyway(input.screen, ctx.actor)),
    emergency: procedure('wall.switch')
      .input(z.object({ scene: Id }))
      .mutation(({ input, ctx }) => wall.emergency(input.scene, ctx.actor)),
    switchGroup: procedure('wall.switch')
      .input(z.object({ scene: Id, group: text(40) }))
      .mutation(({ input, ctx }) => wall.switchGroup(input.scene, input.group, ctx.actor)),
    schedules: procedure('wall.read').query(() => wall.schedules.list()),
    saveSchedule: procedure('wall.switch')
      .input(ScheduleInput)
      .mutation(({ input, ctx }) => wall.schedules.save(input, ctx.actor)),
    removeSchedule: procedure('wall.switch')
      .input(One)
      .mutation(({ input, ctx }) => wall.schedules.remove(input.id, ctx.actor)),
    /** What the clock left undone, done by hand. */
    runSchedule: procedure('wall.switch')
      .input(One)
      .mutation(({ input, ctx }) => wall.schedules.runNow(input.id, ctx.actor)),
    letScheduleBe: procedure('wall.switch')
      .input(One)
      .mutation(({ input, ctx }) => wall.schedules.letBe(input.id, ctx.actor)),

    devices: router({
      list: procedure('wall.read').query(() => wall.devices.list()),
      save: procedure('wall.admin')
        .input(DeviceInput)
        .mutation(({ input, ctx }) => wall.devices.save(input, ctx.actor)),
      remove: procedure('wall.admin')
        .input(One)
        .mutation(({ input, ctx }) => wall.devices.remove(input.id, ctx.actor)),
      refresh: procedure('wall.read')
        .input(One)
        .mutation(({ input }) => wall.devices.refresh(input.id)),
      act: procedure('wall.switch')
        .input(z.object({ id: Id, act: DisplayAct }))
        .mutation(({ input, ctx }) => wall.devices.act(input.id, input.act, ctx.actor)),
      search: procedure('wall.admin').mutation(() => wall.devices.search()),
      serialPorts: procedure('wall.admin').query(() => listSerialPorts()),
      templates: procedure('wall.read').query(() => wall.devices.templates.list()),
      saveTemplate: procedure('wall.admin')
        .input(z.object({ id: Id, source: z.string().max(templateLimitBytes) }))
        .mutation(({ input, ctx }) => wall.devices.templates.save(input.id, input.source, ctx.actor)),
      removeTemplate: procedure('wall.admin')
        .input(One)
        .mutation(({ input, ctx }) => wall.devices.templates.remove(input.id, ctx.actor)),
      checkTemplate: procedure('wall.read')
        .input(z.object({ source: z.string().max(templateLimitBytes) }))
        .query(({ input }) => wall.devices.templates.check(input.source)),
      tryTemplate: procedure('wall.admin')
        .input(z.object({ id: Id, source: z.string().max(templateLimitBytes), act: DisplayAct }))
        .mutation(({ input, ctx }) => wall.devices.tryTemplate(input, ctx.actor)),
      dryRun: procedure('wall.read')
        .input(z.object({ source: z.string().max(templateLimitBytes), act: DisplayAct }))
        .query(({ input }) => wall.devices.templates.dryRun(input.source, input.act)),
    }),

    /** Of a browser that is a screen: its session speaks for it, paired by a code. */
    screen: screenRouter(wall),
  })
}

/** What a screen may ask for; all that there is at the door for screens of other machines. */
export function screenRouter(wall: Wall) {
  return router({
    /** Of a browser at the short address `/wall`: the screen that it is, or the code by which the desk makes it one. */
    mine: openProcedure.mutation(async ({ ctx }) => {
      const { session } = callerOf(ctx)
      const screen = wall.walls.screenOf(session)
      return screen === null ? { screen, ...(await wall.walls.ask(null, session)) } : { screen }
    }),
    begin: openProcedure.input(OfScreen).mutation(async ({ input, ctx }) => {
      const { session, mayRead } = callerOf(ctx)
      if (mayRead || wall.walls.isPaired(input.screen, session)) return { isPaired: true as const }
      return { isPaired: false as const, ...(await wall.walls.ask(input.screen, session)) }
    }),
    follow: openProcedure
      .input(OfScreen)
      .subscription(({ input, ctx, signal }) => wall.follow(input.screen, { ...callerOf(ctx), signal: signal ?? new AbortController().signal })),
    report: openProcedure.input(ScreenReport).mutation(({ input, ctx }) => wall.report(input, callerOf(ctx))),
    board: openProcedure.input(OfTile).query(({ input, ctx }) => wall.tiles.board(asking(input, ctx))),
    chart: openProcedure.input(OfTile).query(({ input, ctx }) => wall.tiles.chart(asking(input, ctx))),
    cameras: openProcedure.input(OfTile).query(({ input, ctx }) => wall.tiles.cameras(asking(input, ctx))),
    globe: openProcedure
      .input(OfTile.extend({ hasOutlines: z.boolean() }))
      .query(({ input, ctx }) => wall.tiles.globe(asking(input, ctx), input.hasOutlines)),
    conference: screenConferenceRouter(wall),
  })
}

/** A conference as a screen may see it: it takes pictures, and sends nothing. */
function screenConferenceRouter(wall: Wall) {
  const call = (name: ScreenCall, { at, place }: { at: z.infer<typeof OfTile>; place: PlaceCallInput<ScreenCall> }, ctx: Context) =>
    wall.tiles.call(asking(at, ctx), name, place)
  return router({
    attend: openProcedure
      .input(z.object({ at: OfTile, place: Place }))
      .subscription(({ input, ctx, signal }) => wall.tiles.attend(asking(input.at, ctx), input.place, signal ?? new AbortController().signal)),
    leave: openProcedure.input(z.object({ at: OfTile, place: Place })).mutation(({ input, ctx }) => call('leave', input, ctx)),
    connect: openProcedure.input(z.object({ at: OfTile, place: ConnectInput })).mutation(({ input, ctx }) => call('connect', input, ctx)),
    connectTransport: openProcedure
      .input(z.object({ at: OfTile, place: ConnectTransportInput }))
      .mutation(({ input, ctx }) => call('connectTransport', input, ctx)),
    restartIce: openProcedure.input(z.object({ at: OfTile, place: RestartIceInput })).mutation(({ input, ctx }) => call('restartIce', input, ctx)),
    consume: openProcedure.input(z.object({ at: OfTile, place: ConsumeInput })).mutation(({ input, ctx }) => call('consume', input, ctx)),
    watch: openProcedure.input(z.object({ at: OfTile, place: WatchInput })).mutation(({ input, ctx }) => call('watch', input, ctx)),
  })
}

function asking({ screen, tile }: z.infer<typeof OfTile>, ctx: Context): Asking {
  return { screen, tile, caller: callerOf(ctx) }
}

/** A console's own window needs no code: whoever sits there may see the wall anyway. */
function callerOf(ctx: Context): Caller {
  if (ctx.session === null || ctx.session === undefined) throw new WanglouError('UNAUTHENTICATED')
  return { session: ctx.session.id, mayRead: ctx.actor?.can('wall.read') === true && ctx.mustChangePassword !== true }
}
