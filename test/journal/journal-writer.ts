// A process of its own that a test may kill: opens the journal whose path or URL it is given and begins one task after the
// other. Each line it prints is the id of a task that `begin` has promised to keep; the last two, where it cannot go
// on, are the reason and the number of tasks that can be read.
import { writeSync } from 'node:fs'
import type { ProtectionEvent } from '../../src/domain/protection-event.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openPostgresStore } from '../../src/journal/postgres-store.ts'
import { Secret } from '../../src/std/secret.ts'
import { silentLogger } from '../../src/telemetry/json-logger.ts'
import { openJournal } from '../support/open-journal.ts'
import { everyTask, sampleIntent } from './sample-task.ts'

const [, , place = '', mostTasks = '1000000', firstNumber = '1'] = process.argv
// Nothing closes it: the process is killed, or ends as if it were.
const openPostgres = async () => {
  const [bus, protectionBus] = [createMemoryEventBus(), createMemoryEventBus<ProtectionEvent>()]
  const url = new Secret(place)
  return (await openPostgresStore({ url, bus, protectionBus, clock: systemClock, logger: silentLogger })).journal
}
const journal = await (place.startsWith('postgres:')
  ? openPostgres()
  : openJournal({ path: place, clock: systemClock }))
try {
  for (let number = Number(firstNumber); number <= Number(mostTasks); number += 1) {
    const intent = sampleIntent(number)
    await journal.begin(intent)
    writeSync(1, `${intent.task.id}\n`)
  }
} catch (error) {
  const { totalCount } = await journal.listTasks(everyTask)
  writeSync(1, `${String(error)}\n${totalCount}\n`)
}
