/** Is told of whom the server turns away. Must not throw. */
export interface DoorObserver {
  /** A request over HTTP, the one that asks for a socket among them, was answered with an error before it was read as GraphQL. */
  noteRefusal(status: number): void
  /** A socket is closed because its client does not take what is sent, with everything on it. */
  noteSlowSocket(): void
}
