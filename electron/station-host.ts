// Runs inside the utility process: the station itself, told by message to stop (a utility process gets no signals it could rely on).
process.parentPort.on('message', ({ data }) => {
  if (data === 'stop') process.emit('SIGTERM')
})
// By address, not by import: the shell knows the station as a program.
await import(new URL('../native/main.js', import.meta.url).href)
