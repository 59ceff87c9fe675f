/**
 * Test doubles for programs that call OBS: responses, a client and a service. The rest of the library does not import
 * them. The server is in `effect-obs/testing/node`, since it needs Node.
 *
 * @since 0.1.0
 */
export * as ObsAnswer from "./ObsAnswer.js"
export * as ObsArbitrary from "./ObsArbitrary.js"
export * as ObsFault from "./ObsFault.js"
export * as ObsTest from "./ObsTest.js"
export * as ObsTestApp from "./ObsTestApp.js"
export * as ObsTestClient from "./ObsTestClient.js"
export * as ObsTestService from "./ObsTestService.js"
