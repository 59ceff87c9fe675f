/**
 * What tests of programs that call OBS need: answers, a client and a service. Nothing else imports it. A server is in
 * `effect-obs/testing/node`, since it needs Node.
 *
 * @since 0.1.0
 */
export * as ObsAnswer from "./ObsAnswer.js"
export * as ObsTestClient from "./ObsTestClient.js"
export * as ObsTestService from "./ObsTestService.js"
