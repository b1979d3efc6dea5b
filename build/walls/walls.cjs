// The walls between rooms (ARCHITECTURE.md, Walls). Each has a fixture in walls.test.ts that must be caught.

const test = '\\.(test|spec|fuzz)\\.ts$|(^|/)testing/|(^|/)e2e/'
/** `import type` alone: it is gone when the program runs. */
const typeOnly = ['type-only', 'pre-compilation-only']
const npm = (name) => `(^|/)node_modules/${name}(/|$)`
const anyNpm = '(^|/)node_modules/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other at run time are one file, or miss a third. Types may point both ways.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: typeOnly } },
    },
    {
      name: 'station-is-a-plain-node-program',
      comment: 'native/ imports neither Electron nor the page: the same station runs under Node, in a machine room, in the shell.',
      severity: 'error',
      from: { path: '^native/' },
      to: { path: ['^(electron|renderer)/', npm('electron'), npm('(vue|vue-router|pinia|element-plus|echarts)')] },
    },
    {
      name: 'page-and-shell-know-only-the-contract',
      comment:
        'The page and the shell share the contract with the station; anything else only as a type (the router). End-to-end tests run in Node and may look.',
      severity: 'error',
      from: { path: '^(renderer|electron)/', pathNot: '^renderer/e2e/' },
      to: { path: '^native/', pathNot: '^native/contract/', dependencyTypesNot: typeOnly },
    },
    {
      name: 'page-knows-neither-shell-nor-build',
      severity: 'error',
      from: { path: '^renderer/', pathNot: test },
      to: { path: '^(electron|build)/' },
    },
    {
      name: 'shell-knows-no-page',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|build)/' },
    },
    {
      name: 'page-runs-in-a-browser',
      comment: 'No Node in the page.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-is-pure',
      comment: 'What crosses the door needs nothing but zod.',
      severity: 'error',
      from: { path: '^native/contract/', pathNot: test },
      to: { pathNot: ['^native/contract/', npm('zod')] },
    },
    {
      name: 'feature-takes-types-only-from-another-feature',
      comment: "Another feature's service is handed in by app.ts.",
      severity: 'error',
      from: { path: '^(native|renderer)/features/([^/]+)/', pathNot: test },
      to: { path: '^$1/features/', pathNot: '^$1/features/$2/', dependencyTypesNot: typeOnly },
    },
    {
      name: 'inner-rooms-know-no-feature',
      comment: 'Journal, store and kernel are below the features.',
      severity: 'error',
      from: { path: '^native/(journal|store|kernel)/', pathNot: test },
      to: { path: '^native/(features|door)/', dependencyTypesNot: typeOnly },
    },
    {
      name: 'sqlite3-behind-one-file',
      comment: 'Its upstream is archived: one file may know it. Benches measure it bare.',
      severity: 'error',
      from: { pathNot: ['^native/store/database\\.ts$', '^build/(bench|soak)/', anyNpm] },
      to: { path: npm('sqlite3') },
    },
    {
      name: 'cesium-in-the-globe-only',
      severity: 'error',
      from: { pathNot: ['^renderer/globe/', '^build/bench/', anyNpm] },
      to: { path: [npm('cesium'), npm('@cesium')] },
    },
    {
      name: 'nats-in-the-link-only',
      severity: 'error',
      from: { pathNot: ['^native/link/(nats/|[^/]+\\.test\\.ts)', '^build/bench/', anyNpm] },
      to: { path: npm('@nats-io') },
    },
    {
      name: 'mediasoup-in-media-only',
      severity: 'error',
      from: { pathNot: ['^native/media/', anyNpm] },
      to: { path: npm('mediasoup') },
    },
    {
      name: 'serialport-behind-one-file',
      comment: 'A machine without serial lines must not load it.',
      severity: 'error',
      from: { pathNot: ['^native/protocols/display/serial-line\\.ts$', anyNpm] },
      to: { path: npm('serialport') },
    },
    {
      name: 'electron-in-the-shell-only',
      severity: 'error',
      from: { pathNot: ['^electron/', anyNpm] },
      to: { path: npm('electron') },
    },
    {
      name: 'station-needs-no-development-package',
      comment: 'What the packaged station imports must be among the dependencies that are packaged.',
      severity: 'error',
      from: { path: '^(native|electron)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: typeOnly, pathNot: npm('electron') },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { pathNot: anyNpm },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '\\.d\\.ts$', '^build/walls/walls\\.cjs$'] },
    // Tells `import type` from `import`.
    tsPreCompilationDeps: 'specify',
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
    skipAnalysisNotInRules: true,
  },
}
