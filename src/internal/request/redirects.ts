/**
 * Redirects of the fetch client.
 */
import * as FetchHttpClient from "#http/FetchHttpClient"
import * as Context from "effect/Context"
import * as Option from "effect/Option"

/**
 * Turns off fetch's redirects. A signed request is valid only at its own address, and fetch would send its token, keys
 * and body to wherever `Location` points. So a redirect is a response like any other.
 */
export const withoutRedirects = <R>(context: Context.Context<R>): Context.Context<R> =>
  Context.add(context, FetchHttpClient.RequestInit, {
    ...Option.getOrUndefined(Context.getOption(context, FetchHttpClient.RequestInit)),
    redirect: "manual"
  })
