/**
 * A test server on loopback, for tests over real sockets. It needs Node.
 *
 * @since 0.3.0
 */
export * as ObsTestFolder from "./ObsTestFolder.js"
export * as ObsTestServer from "./ObsTestServer.js"
