/**
 * The body of a request to a server of Node, as it arrives over the socket.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import type * as Http from "node:http"
import { saysNoBody } from "./carried.js"
import type { Body } from "./ObsTestService.js"

/** What is dropped of a body that nobody wants, before the connection is closed. */
const maxDropped = 64 * 1024 * 1024

/** How long it may stand still meanwhile, in milliseconds. */
const maxStill = 5000

/** A body that arrives no faster than it is taken. Whoever breaks off closes the connection, and that interrupts all here. */
export class Arriving {
  private readonly incoming: Http.IncomingMessage
  private readonly length: number
  private readonly isNone: boolean
  /** What has arrived, and nobody has taken yet. */
  private readonly chunks: Array<Uint8Array> = []
  private arrived = 0
  private isOver = false
  private isRead = false
  private isDropped = false
  /** Asks the client to go on; undefined where it does not wait for that. */
  private goOn: (() => void) | undefined
  private wake: (() => void) | undefined

  constructor(incoming: Http.IncomingMessage, goOn: (() => void) | undefined) {
    this.incoming = incoming
    this.goOn = goOn
    this.length = Number(incoming.headers["content-length"])
    this.isNone = saysNoBody(incoming.headers)
  }

  /** The body: whole where it came along with the head, which is cheaper, and as it is taken otherwise. */
  readonly body: Effect.Effect<Body> = Effect.suspend(() => {
    if (this.isNone) return Effect.succeed(new Uint8Array())
    const stream = Runtime.pulled(Effect.succeed(this.next))
    if (Number.isNaN(this.length)) return Effect.succeed(stream)
    return Runtime.callback<Body>((resume) => {
      // The parser tells of the head before it looks at what comes after
      queueMicrotask(() => {
        const isThere = this.incoming.readableLength === this.length
        const chunk: unknown = isThere ? this.incoming.read() : undefined
        // A copy, since a chunk is a view of a buffer that is much larger
        resume(Effect.succeed(chunk instanceof Uint8Array ? new Uint8Array(chunk) : stream))
      })
    })
  })

  /** Whether the connection has to be closed after an answer now, since too much of the body is still to come. */
  get isTooMuch(): boolean {
    if (this.isWhole) return false
    // Who has not been asked to go on may send the body or not: nobody knows where the next request begins
    return this.goOn !== undefined || this.length - this.arrived > maxDropped
  }

  /** Whether all of the body has arrived. */
  get isWhole(): boolean {
    return this.isNone || this.incoming.complete
  }

  /** Drops the rest of the body: a connection that is closed before may lose the answer. False where it does not end. */
  readonly dropped: Effect.Effect<boolean> = Effect.suspend(() => {
    this.drop()
    if (this.isWhole) return Effect.succeed(true)
    return Runtime.callback<boolean>((resume) => {
      const most = this.arrived + maxDropped
      const stop = () => {
        clearTimeout(timer)
        this.wake = undefined
      }
      const done = (isWhole: boolean) => {
        stop()
        resume(Effect.succeed(isWhole))
      }
      const timer = setTimeout(done, maxStill, false)
      this.wake = () => {
        timer.refresh()
        if (this.isOver || this.arrived > most) done(this.isOver)
      }
      return Effect.sync(stop)
    })
  })

  /** Lets the rest of the body pass by. */
  drop(): void {
    this.isDropped = true
    this.chunks.length = 0
    this.read()
    this.incoming.resume()
  }

  /** The next bytes; undefined at the end. */
  private readonly next: Effect.Effect<Uint8Array | undefined> = Effect.suspend(() => {
    const chunk = this.chunks.shift()
    if (chunk !== undefined || this.isOver) return Effect.succeed(chunk)
    return Runtime.callback<Uint8Array | undefined>((resume) => {
      this.wake = () => {
        this.wake = undefined
        resume(Effect.succeed(this.chunks.shift()))
      }
      this.goOn?.()
      this.goOn = undefined
      this.read()
      this.incoming.resume()
      return Effect.sync(() => {
        this.wake = undefined
      })
    })
  })

  private read(): void {
    if (this.isRead) return
    this.isRead = true
    this.incoming.on("data", (chunk: Uint8Array) => {
      this.arrived += chunk.length
      if (!this.isDropped) this.chunks.push(chunk)
      if (this.wake !== undefined) this.wake()
      else if (!this.isDropped) this.incoming.pause()
    })
    this.incoming.once("end", () => {
      this.isOver = true
      this.wake?.()
    })
  }
}
