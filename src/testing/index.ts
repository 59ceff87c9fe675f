/**
 * For tests of programs that call OBS: `ObsTest`, an OBS for each test, and what it is made of: a service in memory, a client
 * and an HTTP app of it, faults by rule, responses, and arbitraries. The rest of the library does not import them. The server
 * and the folder are in `effect-obs/testing/node`, since they need Node.
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
