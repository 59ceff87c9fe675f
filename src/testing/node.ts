/**
 * What tests over real sockets need: a server on loopback. It needs Node.
 *
 * @since 0.3.0
 */
export * as ObsTestServer from "./ObsTestServer.js"
