import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { TaskEvent } from '../../src/domain/task.ts'
import { createMemoryEventBus } from '../../src/journal/memory-event-bus.ts'
import { sampleTask } from './sample-task.ts'

const eventOf = (sequence: number): TaskEvent => ({ sequence, kind: 'PROGRESS', at: new Date(0), task: sampleTask() })

describe('the memory event bus', () => {
  it('gives every listener every event from its subscription to its end', () => {
    const bus = createMemoryEventBus()
    const heard: string[] = []
    const first = bus.subscribe(({ sequence }) => heard.push(`first ${sequence}`))
    bus.publish(eventOf(1))
    const second = bus.subscribe(({ sequence }) => heard.push(`second ${sequence}`))
    bus.publish(eventOf(2))
    first[Symbol.dispose]()
    bus.publish(eventOf(3))
    second[Symbol.dispose]()
    bus.publish(eventOf(4))
    expect(heard).toEqual(['first 1', 'first 2', 'second 2', 'second 3'])
  })

  it('keeps two subscriptions of the same function apart', () => {
    const bus = createMemoryEventBus()
    const heard: number[] = []
    const listener = ({ sequence }: TaskEvent) => heard.push(sequence)
    const first = bus.subscribe(listener)
    bus.subscribe(listener)
    bus.publish(eventOf(1))
    first[Symbol.dispose]()
    bus.publish(eventOf(2))
    expect(heard).toEqual([1, 1, 2])
  })

  it('does not call a listener that another one has just ended, nor one that has just begun', () => {
    const bus = createMemoryEventBus()
    const heard: string[] = []
    bus.subscribe(() => {
      last[Symbol.dispose]()
      bus.subscribe(({ sequence }) => heard.push(`new ${sequence}`))
    })
    const last = bus.subscribe(({ sequence }) => heard.push(`last ${sequence}`))
    bus.publish(eventOf(1))
    expect(heard).toEqual([])
    bus.publish(eventOf(2))
    expect(heard).toEqual(['new 2'])
  })

  it('goes on to the other listeners when one throws, and warns of it', async () => {
    const bus = createMemoryEventBus()
    const heard: number[] = []
    const warned = once(process, 'warning')
    bus.subscribe(() => {
      throw new Error('a listener broke')
    })
    bus.subscribe(({ sequence }) => heard.push(sequence))
    bus.publish(eventOf(1))
    expect(heard).toEqual([1])
    expect(await warned).toMatchObject([{ message: 'a listener broke' }])
  })
})
