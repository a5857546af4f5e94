/** `DROPPED` ended because its client left more waiting than is kept for it; `CLOSED` follows. */
export type StreamMoment = 'OPENED' | 'CLOSED' | 'DROPPED'

/** Is told how the streams of subscriptions begin and end. Must not throw. */
export interface StreamObserver {
  noteStream(moment: StreamMoment): void
}
