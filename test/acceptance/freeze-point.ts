// Preloaded into a gateway (`node --import`): stops it with SIGSTOP in the moment in which its store holds the first call as
// sent and nothing has left. The gateway itself has no hook for it and knows nothing of it.
import { Client } from 'pg'

let isSent = false
let hasStopped = false

const original: (this: Client, ...given: readonly unknown[]) => unknown = Reflect.get(Client.prototype, 'query')

const isMark = ([sql, parameters]: readonly unknown[]): boolean =>
  typeof sql === 'string' &&
  sql.startsWith('update "tasks"') &&
  Array.isArray(parameters) &&
  parameters.some((one) => typeof one === 'string' && one.includes('"dispatch":"SENT"'))

Reflect.set(Client.prototype, 'query', function watched(this: Client, ...given: readonly unknown[]): unknown {
  isSent ||= isMark(given)
  const result = original.apply(this, [...given])
  if (!isSent || hasStopped || given[0] !== 'commit' || !(result instanceof Promise)) return result
  hasStopped = true
  return result.then((answer: unknown) => {
    process.kill(process.pid, 'SIGSTOP')
    return answer
  })
})
