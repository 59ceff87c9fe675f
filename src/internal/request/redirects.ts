/**
 * Redirects of the fetch client.
 */
import * as FetchHttpClient from "#http/FetchHttpClient"
import * as Runtime from "#effect/runtime"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Option from "effect/Option"

const withManual = <R>(context: Context.Context<R>): Context.Context<R> =>
  Context.add(context, FetchHttpClient.RequestInit, {
    ...Option.getOrUndefined(Context.getOption(context, FetchHttpClient.RequestInit)),
    redirect: "manual"
  })

/**
 * Turns off fetch's redirects. A signed request is valid only at its own address, and fetch would send its token, keys
 * and body to wherever `Location` points. So a redirect is a response like any other.
 *
 * The context changes further where `change` is given, in one step with that.
 */
export const withoutRedirects = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  change: (context: Context.Context<R>) => Context.Context<R> = identity
): Effect.Effect<A, E, R> => Runtime.mapContext(effect, (context) => withManual(change(context)))
