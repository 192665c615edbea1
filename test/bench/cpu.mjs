// Loaded into a measured server: tells its CPU time, in microseconds, when it is asked.

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send(user + system)
})
// The question must not keep a server alive that was told to stop.
process.channel.unref()
