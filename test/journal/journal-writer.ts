// A process of its own that a test may kill: opens the journal whose path it is given and begins one task after the
// other. Each line it prints is the id of a task that `begin` has promised to keep; the last two, where it cannot go
// on, are the reason and the number of tasks that can be read.
import { writeSync } from 'node:fs'
import { systemClock } from '../../src/std/system-clock.ts'
import { openJournal } from '../support/open-journal.ts'
import { everyTask, sampleIntent } from './sample-task.ts'

const [, , path = '', mostTasks = '1000000'] = process.argv
// Nothing closes it: the process is killed, or ends as if it were.
const journal = await openJournal({ path, clock: systemClock })
try {
  for (let number = 1; number <= Number(mostTasks); number += 1) {
    const intent = sampleIntent(number)
    await journal.begin(intent)
    writeSync(1, `${intent.task.id}\n`)
  }
} catch (error) {
  const { totalCount } = await journal.listTasks(everyTask)
  writeSync(1, `${String(error)}\n${totalCount}\n`)
}
