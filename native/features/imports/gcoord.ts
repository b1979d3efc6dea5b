// gcoord's types describe `module.default`, its CommonJS build exports the same object as the module itself.
import gcoordModule from 'gcoord'

export const gcoord = gcoordModule as unknown as typeof gcoordModule.default
