// A process of its own that a test may kill: opens the journal whose path it is given and begins one task after the
// other. Each line it prints is the id of a task that `begin` has promised to keep; the last two, where it cannot go
// on, are the reason and the number of tasks that can be read.
import { writeSync } from 'node:fs'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts'
import { systemClock } from '../../src/std/system-clock.ts'
import { sampleIntent } from './sample-task.ts'

const [, , path = '', mostTasks = '1000000'] = process.argv
// Nothing closes it: the process is killed, or ends as if it were.
const journal = await openSqliteJournal({ path, bus: createMemoryEventBus(), clock: systemClock })
try {
  for (let number = 1; number <= Number(mostTasks); number += 1) {
    const { task } = await journal.begin(sampleIntent(number))
    writeSync(1, `${task.id}\n`)
  }
} catch (error) {
  const { totalCount } = await journal.listTasks({
    siteNames: null,
    states: null,
    operations: null,
    targetIds: null,
    limit: 1,
    olderThan: null,
  })
  writeSync(1, `${String(error)}\n${totalCount}\n`)
}
