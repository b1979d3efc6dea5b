// What crosses the door: everything the page and the station share.
export * from './scalars.ts'
export * from './errors.ts'
export * from './permissions.ts'
export * from './dataset.ts'
export * from './datasets.ts'
export * from './entry.ts'
export * from './changes.ts'
export * from './health.ts'
