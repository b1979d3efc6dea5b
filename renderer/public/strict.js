// zod would otherwise try `new Function` when its first schema is made, which the door's Content-Security-Policy refuses and reports. Runs before any module.
globalThis.__zod_globalConfig = { jitless: true }
