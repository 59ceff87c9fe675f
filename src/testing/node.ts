/**
 * What needs Node or Bun: a server over real sockets, and a folder that keeps what a service is given.
 *
 * @since 0.3.0
 */
export * as ObsTestFolder from "./ObsTestFolder.js"
export * as ObsTestServer from "./ObsTestServer.js"
