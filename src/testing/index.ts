/**
 * What tests of programs that call OBS need: answers, a client, a server and a service. Nothing else imports it.
 *
 * @since 0.1.0
 */
export * as ObsAnswer from "./ObsAnswer.js"
export * as ObsTestClient from "./ObsTestClient.js"
export * as ObsTestServer from "./ObsTestServer.js"
export * as ObsTestService from "./ObsTestService.js"
