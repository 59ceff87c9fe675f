/**
 * The errors of the extension services (OEF): fetch policies and jobs, online decompression, back-to-source rules,
 * workflows, triggers and notifications. They respond in JSON with numbered codes, and each class is named after its
 * code.
 *
 * @since 0.1.0
 */
import type { Union } from "../internal/failure/model.js"
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"

/**
 * `409 CRR.00120005`: The replication configuration conflicts with another one.
 *
 * **Solution**: Change the configuration so that it does not conflict.
 *
 * @see the error aliases of the OBS SDK for C
 * @category OEF
 * @since 0.1.0
 */
export class Crr00120005
  extends /*#__PURE__*/ errorClass<Crr00120005>()("CRR.00120005", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "The replication configuration conflicts with another one.",
    solution: "Change the configuration so that it does not conflict."
  }) {}

/**
 * `404 CRR.00120006`: No cross-region replication is configured for the bucket.
 *
 * **Solution**: Configure the replication first.
 *
 * @see the error aliases of the OBS SDK for C
 * @category OEF
 * @since 0.1.0
 */
export class Crr00120006
  extends /*#__PURE__*/ errorClass<Crr00120006>()("CRR.00120006", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No cross-region replication is configured for the bucket.",
    solution: "Configure the replication first."
  }) {}

/**
 * `400 Notification.0001`: A parameter of the notification is not valid.
 *
 * **Solution**: Correct the parameter.
 *
 * @see the error aliases of the OBS SDK for C
 * @category OEF
 * @since 0.1.0
 */
export class Notification0001
  extends /*#__PURE__*/ errorClass<Notification0001>()("Notification.0001", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A parameter of the notification is not valid.",
    solution: "Correct the parameter."
  }) {}

/**
 * `404 Notification.1011`: No notification to the data ingestion service is configured for the bucket.
 *
 * **Solution**: Configure the notification first.
 *
 * @see the error aliases of the OBS SDK for C
 * @category OEF
 * @since 0.1.0
 */
export class Notification1011
  extends /*#__PURE__*/ errorClass<Notification1011>()("Notification.1011", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No notification to the data ingestion service is configured for the bucket.",
    solution: "Configure the notification first."
  }) {}

/**
 * `404 OEFTrigger.1002`: No online decompression is configured for the bucket.
 *
 * **Solution**: Configure the decompression first.
 *
 * @see the error aliases of the OBS SDK for C
 * @category OEF
 * @since 0.1.0
 */
export class OefTrigger1002
  extends /*#__PURE__*/ errorClass<OefTrigger1002>()("OEFTrigger.1002", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No online decompression is configured for the bucket.",
    solution: "Configure the decompression first."
  }) {}

/**
 * `500 SYS.0001`: The extension service failed internally.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0001
  extends /*#__PURE__*/ errorClass<Sys0001>()("SYS.0001", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The extension service failed internally.",
    solution: "Try again later."
  }) {}

/**
 * `404 SYS.0003`: The extension service has no such API.
 *
 * **Solution**: Check the method and the path of the request.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0003
  extends /*#__PURE__*/ errorClass<Sys0003>()("SYS.0003", {
    status: 404,
    category: "Unsupported",
    retry: "never",
    description: "The extension service has no such API.",
    solution: "Check the method and the path of the request."
  }) {}

/**
 * `401 SYS.0004`: The request is not authenticated.
 *
 * **Solution**: Sign the request.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0004
  extends /*#__PURE__*/ errorClass<Sys0004>()("SYS.0004", {
    status: 401,
    category: "Authentication",
    retry: "never",
    description: "The request is not authenticated.",
    solution: "Sign the request."
  }) {}

/**
 * `403 SYS.0005`: The caller may not do this.
 *
 * **Solution**: Ask for the permission.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0005
  extends /*#__PURE__*/ errorClass<Sys0005>()("SYS.0005", {
    status: 403,
    category: "Permission",
    retry: "never",
    description: "The caller may not do this.",
    solution: "Ask for the permission."
  }) {}

/**
 * `400 SYS.0006`: The format of the request is wrong.
 *
 * **Solution**: Correct the request.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0006
  extends /*#__PURE__*/ errorClass<Sys0006>()("SYS.0006", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The format of the request is wrong.",
    solution: "Correct the request."
  }) {}

/**
 * `400 SYS.0007`: The range of the download is not valid.
 *
 * **Solution**: Ask for a range within the object.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0007
  extends /*#__PURE__*/ errorClass<Sys0007>()("SYS.0007", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The range of the download is not valid.",
    solution: "Ask for a range within the object."
  }) {}

/**
 * `500 SYS.0008`: The token has expired.
 *
 * **Solution**: Get a new token and send the request again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0008
  extends /*#__PURE__*/ errorClass<Sys0008>()("SYS.0008", {
    status: 500,
    category: "Authentication",
    retry: "never",
    description: "The token has expired.",
    solution: "Get a new token and send the request again."
  }) {}

/**
 * `431 SYS.0009`: The headers of the request are too large.
 *
 * **Solution**: Send fewer or shorter headers.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0009
  extends /*#__PURE__*/ errorClass<Sys0009>()("SYS.0009", {
    status: 431,
    category: "Validation",
    retry: "never",
    description: "The headers of the request are too large.",
    solution: "Send fewer or shorter headers."
  }) {}

/**
 * `400 SYS.0010`: A parameter of the request is not valid.
 *
 * **Solution**: Correct the parameter.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0010
  extends /*#__PURE__*/ errorClass<Sys0010>()("SYS.0010", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A parameter of the request is not valid.",
    solution: "Correct the parameter."
  }) {}

/**
 * `429 SYS.0011`: There were too many requests.
 *
 * **Solution**: Send fewer requests at a time.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0011
  extends /*#__PURE__*/ errorClass<Sys0011>()("SYS.0011", {
    status: 429,
    category: "Throttling",
    retry: "throttling",
    description: "There were too many requests.",
    solution: "Send fewer requests at a time."
  }) {}

/**
 * `400 SYS.0012`: The body of the request is too large.
 *
 * **Solution**: Send a smaller body.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0012
  extends /*#__PURE__*/ errorClass<Sys0012>()("SYS.0012", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The body of the request is too large.",
    solution: "Send a smaller body."
  }) {}

/**
 * `403 SYS.0013`: The permissions have changed since the token was issued.
 *
 * **Solution**: Get a new token and send the request again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0013
  extends /*#__PURE__*/ errorClass<Sys0013>()("SYS.0013", {
    status: 403,
    category: "Authentication",
    retry: "never",
    description: "The permissions have changed since the token was issued.",
    solution: "Get a new token and send the request again."
  }) {}

/**
 * `404 SYS.0014`: The bucket does not exist.
 *
 * **Solution**: Create the bucket or correct its name.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0014
  extends /*#__PURE__*/ errorClass<Sys0014>()("SYS.0014", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The bucket does not exist.",
    solution: "Create the bucket or correct its name."
  }) {}

/**
 * `404 SYS.0015`: The object does not exist.
 *
 * **Solution**: Upload the object or correct its key.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0015
  extends /*#__PURE__*/ errorClass<Sys0015>()("SYS.0015", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The object does not exist.",
    solution: "Upload the object or correct its key."
  }) {}

/**
 * `500 SYS.0016`: The extension service could not reach OBS.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0016
  extends /*#__PURE__*/ errorClass<Sys0016>()("SYS.0016", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The extension service could not reach OBS.",
    solution: "Try again later."
  }) {}

/**
 * `500 SYS.0018`: A request inside the extension service failed, by its format or on the network.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0018
  extends /*#__PURE__*/ errorClass<Sys0018>()("SYS.0018", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "A request inside the extension service failed, by its format or on the network.",
    solution: "Try again later."
  }) {}

/**
 * `500 SYS.0019`: The service of the bucket policies could not be reached.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0019
  extends /*#__PURE__*/ errorClass<Sys0019>()("SYS.0019", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The service of the bucket policies could not be reached.",
    solution: "Try again later."
  }) {}

/**
 * `500 SYS.0020`: The service of the background tasks could not be reached.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0020
  extends /*#__PURE__*/ errorClass<Sys0020>()("SYS.0020", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The service of the background tasks could not be reached.",
    solution: "Try again later."
  }) {}

/**
 * `403 SYS.0021`: The account is restricted.
 *
 * **Solution**: Ask the operator of the service what restricts it.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0021
  extends /*#__PURE__*/ errorClass<Sys0021>()("SYS.0021", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The account is restricted.",
    solution: "Ask the operator of the service what restricts it."
  }) {}

/**
 * `403 SYS.0022`: The account is frozen.
 *
 * **Solution**: Ask the operator of the service to release it.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0022
  extends /*#__PURE__*/ errorClass<Sys0022>()("SYS.0022", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The account is frozen.",
    solution: "Ask the operator of the service to release it."
  }) {}

/**
 * `400 SYS.0023`: The request belongs to another region.
 *
 * **Solution**: Send it to the region of the bucket.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0023
  extends /*#__PURE__*/ errorClass<Sys0023>()("SYS.0023", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The request belongs to another region.",
    solution: "Send it to the region of the bucket."
  }) {}

/**
 * `500 SYS.0024`: The authorization service could not be reached.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0024
  extends /*#__PURE__*/ errorClass<Sys0024>()("SYS.0024", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The authorization service could not be reached.",
    solution: "Try again later."
  }) {}

/**
 * `500 SYS.0025`: The extension service received a response with wrong content.
 *
 * **Solution**: Contact the technical support.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0025
  extends /*#__PURE__*/ errorClass<Sys0025>()("SYS.0025", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "The extension service received a response with wrong content.",
    solution: "Contact the technical support."
  }) {}

/**
 * `500 SYS.0026`: The extension service could not read the content of a response.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0026
  extends /*#__PURE__*/ errorClass<Sys0026>()("SYS.0026", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The extension service could not read the content of a response.",
    solution: "Try again later."
  }) {}

/**
 * `400 SYS.0027`: The agency has no permissions.
 *
 * **Solution**: Grant the agency its permissions.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0027
  extends /*#__PURE__*/ errorClass<Sys0027>()("SYS.0027", {
    status: 400,
    category: "Permission",
    retry: "never",
    description: "The agency has no permissions.",
    solution: "Grant the agency its permissions."
  }) {}

/**
 * `400 SYS.0028`: The agency does not exist.
 *
 * **Solution**: Create the agency or correct its name.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0028
  extends /*#__PURE__*/ errorClass<Sys0028>()("SYS.0028", {
    status: 400,
    category: "NotFound",
    retry: "never",
    description: "The agency does not exist.",
    solution: "Create the agency or correct its name."
  }) {}

/**
 * `400 SYS.0029`: The domain of the OBS region is not valid.
 *
 * **Solution**: Correct the domain.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0029
  extends /*#__PURE__*/ errorClass<Sys0029>()("SYS.0029", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The domain of the OBS region is not valid.",
    solution: "Correct the domain."
  }) {}

/**
 * `400 SYS.0030`: The domain of the OBS region is not one of this region.
 *
 * **Solution**: Use the domain of this region.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0030
  extends /*#__PURE__*/ errorClass<Sys0030>()("SYS.0030", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The domain of the OBS region is not one of this region.",
    solution: "Use the domain of this region."
  }) {}

/**
 * `500 SYS.0031`: OBS could not be authorized to create the agency.
 *
 * **Solution**: Grant the authorization and try again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0031
  extends /*#__PURE__*/ errorClass<Sys0031>()("SYS.0031", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "OBS could not be authorized to create the agency.",
    solution: "Grant the authorization and try again."
  }) {}

/**
 * `500 SYS.0032`: OBS could not be authorized to change the agency.
 *
 * **Solution**: Grant the authorization and try again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0032
  extends /*#__PURE__*/ errorClass<Sys0032>()("SYS.0032", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "OBS could not be authorized to change the agency.",
    solution: "Grant the authorization and try again."
  }) {}

/**
 * `500 SYS.0033`: OBS could not be authorized to create the custom permission.
 *
 * **Solution**: Grant the authorization and try again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0033
  extends /*#__PURE__*/ errorClass<Sys0033>()("SYS.0033", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "OBS could not be authorized to create the custom permission.",
    solution: "Grant the authorization and try again."
  }) {}

/**
 * `500 SYS.0034`: OBS could not be authorized to read the custom permission.
 *
 * **Solution**: Grant the authorization and try again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0034
  extends /*#__PURE__*/ errorClass<Sys0034>()("SYS.0034", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "OBS could not be authorized to read the custom permission.",
    solution: "Grant the authorization and try again."
  }) {}

/**
 * `500 SYS.0035`: OBS could not be authorized to change the custom permission.
 *
 * **Solution**: Grant the authorization and try again.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0035
  extends /*#__PURE__*/ errorClass<Sys0035>()("SYS.0035", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "OBS could not be authorized to change the custom permission.",
    solution: "Grant the authorization and try again."
  }) {}

/**
 * `400 SYS.0036`: The project ID is not valid.
 *
 * **Solution**: Correct the project ID.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0036
  extends /*#__PURE__*/ errorClass<Sys0036>()("SYS.0036", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The project ID is not valid.",
    solution: "Correct the project ID."
  }) {}

/**
 * `400 SYS.0037`: The permissions of the agency do not suffice.
 *
 * **Solution**: Grant the agency what is missing.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0037
  extends /*#__PURE__*/ errorClass<Sys0037>()("SYS.0037", {
    status: 400,
    category: "Permission",
    retry: "never",
    description: "The permissions of the agency do not suffice.",
    solution: "Grant the agency what is missing."
  }) {}

/**
 * `400 SYS.0038`: A download of several ranges is not supported.
 *
 * **Solution**: Ask for one range at a time.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0038
  extends /*#__PURE__*/ errorClass<Sys0038>()("SYS.0038", {
    status: 400,
    category: "Unsupported",
    retry: "never",
    description: "A download of several ranges is not supported.",
    solution: "Ask for one range at a time."
  }) {}

/**
 * `500 SYS.0039`: The account ID is not valid.
 *
 * **Solution**: Contact the technical support.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0039
  extends /*#__PURE__*/ errorClass<Sys0039>()("SYS.0039", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "The account ID is not valid.",
    solution: "Contact the technical support."
  }) {}

/**
 * `500 SYS.0040`: The client of the extension service could not be started.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0040
  extends /*#__PURE__*/ errorClass<Sys0040>()("SYS.0040", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The client of the extension service could not be started.",
    solution: "Try again later."
  }) {}

/**
 * `400 SYS.0041`: A placeholder in the request could not be replaced.
 *
 * **Solution**: Correct the placeholder.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0041
  extends /*#__PURE__*/ errorClass<Sys0041>()("SYS.0041", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A placeholder in the request could not be replaced.",
    solution: "Correct the placeholder."
  }) {}

/**
 * `500 SYS.0042`: The extension service ran out of time.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0042
  extends /*#__PURE__*/ errorClass<Sys0042>()("SYS.0042", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The extension service ran out of time.",
    solution: "Try again later."
  }) {}

/**
 * `500 SYS.0043`: JSON inside the extension service could not be read.
 *
 * **Solution**: Contact the technical support.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0043
  extends /*#__PURE__*/ errorClass<Sys0043>()("SYS.0043", {
    status: 500,
    category: "Server",
    retry: "never",
    description: "JSON inside the extension service could not be read.",
    solution: "Contact the technical support."
  }) {}

/**
 * `500 SYS.0044`: The cache of the extension service could not be read.
 *
 * **Solution**: Try again later.
 *
 * @see the table of error codes for OEF in the OBS API reference
 * @category OEF
 * @since 0.1.0
 */
export class Sys0044
  extends /*#__PURE__*/ errorClass<Sys0044>()("SYS.0044", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "The cache of the extension service could not be read.",
    solution: "Try again later."
  }) {}

/**
 * Union of the errors of the extension services (OEF).
 *
 * @category unions
 * @since 0.1.0
 */
export type OefError =
  | Crr00120005
  | Crr00120006
  | Notification0001
  | Notification1011
  | OefTrigger1002
  | Sys0001
  | Sys0003
  | Sys0004
  | Sys0005
  | Sys0006
  | Sys0007
  | Sys0008
  | Sys0009
  | Sys0010
  | Sys0011
  | Sys0012
  | Sys0013
  | Sys0014
  | Sys0015
  | Sys0016
  | Sys0018
  | Sys0019
  | Sys0020
  | Sys0021
  | Sys0022
  | Sys0023
  | Sys0024
  | Sys0025
  | Sys0026
  | Sys0027
  | Sys0028
  | Sys0029
  | Sys0030
  | Sys0031
  | Sys0032
  | Sys0033
  | Sys0034
  | Sys0035
  | Sys0036
  | Sys0037
  | Sys0038
  | Sys0039
  | Sys0040
  | Sys0041
  | Sys0042
  | Sys0043
  | Sys0044

/**
 * Schema of `OefError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const OefError: Union<OefError> = /*#__PURE__*/ union(
  Crr00120005,
  Crr00120006,
  Notification0001,
  Notification1011,
  OefTrigger1002,
  Sys0001,
  Sys0003,
  Sys0004,
  Sys0005,
  Sys0006,
  Sys0007,
  Sys0008,
  Sys0009,
  Sys0010,
  Sys0011,
  Sys0012,
  Sys0013,
  Sys0014,
  Sys0015,
  Sys0016,
  Sys0018,
  Sys0019,
  Sys0020,
  Sys0021,
  Sys0022,
  Sys0023,
  Sys0024,
  Sys0025,
  Sys0026,
  Sys0027,
  Sys0028,
  Sys0029,
  Sys0030,
  Sys0031,
  Sys0032,
  Sys0033,
  Sys0034,
  Sys0035,
  Sys0036,
  Sys0037,
  Sys0038,
  Sys0039,
  Sys0040,
  Sys0041,
  Sys0042,
  Sys0043,
  Sys0044
)

/**
 * Returns whether a value is an error of the extension services, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isOefError: (u: unknown) => u is OefError = /*#__PURE__*/ guard(OefError)
