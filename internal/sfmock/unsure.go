package sfmock

// What no public source confirms stands here and nowhere else, so that a look at a real org can correct it.

// Signing in.
const (
	unsureInactiveUser       = "inactive user"                      // invalid_grant; the pair of code and text varies between sources
	unsureFrozenUser         = "authentication failure"             // invalid_grant for a frozen user
	unsureAppBlocked         = "this app is blocked by admin"       // the text is the browser flow's
	unsureReplay             = "jti claim was used before"          // bad_jti_claim: only the code is known
	unsureFlowDisabled       = "web server flow is not enabled"     // oauth_flow_disabled: only the code is known
	unsureDeadToken          = "this token is invalid"              // revoke, invalid_token
	unsureTokenType          = "this token type is unsupported"     // revoke, unsupported_token_type
	unsureLongLivedJWT       = "invalid assertion"                  // Options.StrictAssertions; whether Salesforce enforces a maximum is open
	unsureNoAPIOnlyRunAs     = "no client credentials user enabled" // the run-as user is there but lacks API Only
	unsureRestrictedTime     = "login during restricted time"       // invalid_grant outside of login hours; the SOAP code is LOGIN_DURING_RESTRICTED_TIME
	unsureSessionLevel       = "session level is not high enough"   // invalid_session_level: only the code is known
	unsureLoginTypeOfOAuth   = "Remote Access 2.0"                  // LoginHistory.LoginType of tokens from OAuth flows: rows show the picklist's label, the Object Reference lists its values, such as Oauth2
	unsureVerificationPrefix = "0Yv"                                // key prefix of VerificationHistory
	unsureContextGroups      = true                                 // whether LoginHistory.AuthContextClassRef can be grouped by: the pages of the Object Reference disagree
)

// The gate of the API.
const (
	unsureAPIDisabled      = "API is not enabled for this Organization or Partner" // API_CURRENTLY_DISABLED
	unsureSessionElsewhere = "Session expired or invalid"                          // INVALID_SESSION_ID: from an address that lockSessionsToIp or enforceIpRangesEveryRequest keeps out
	unsureRetiredVersion   = "The requested API version has been retired"          // body of the 410, UNSUPPORTED_API_VERSION
	unsureDeprecated       = `299 - "This API is deprecated and will be removed by Summer '28."`
	unsureURITooLong       = "REQUEST_URI_TOO_LONG" // errorCode of the 414; gateways may answer HTML instead
	unsureHeadersTooLong   = "REQUEST_HEADERS_TOO_LONG"
)

// Records, collections, composites and queries.
const (
	unsureIDAtCreate             = "cannot specify Id in an insert call"
	unsureKeyInBody              = "The %s field should not be specified in the sobject data." // of an id or external id that the path has already
	unsureUnexpectedCharacter    = "Unexpected character ('%c' (code %d))"                     // JSON_PARSER_ERROR, whose position is confirmed
	unsureMismatch               = "Cannot deserialize instance from %s value or request may be missing a required field"
	unsureEndOfJSON              = "Unexpected end-of-input"
	unsureTrailingJSON           = "Unexpected content after the end of the value"
	unsureMediaTypeCode          = "UNSUPPORTED_MEDIA_TYPE"
	unsureMediaType              = "MediaType of '%s' is not supported by this resource" // seen in logs of other resources
	unsurePasswordTooShort       = "Your password must be at least %d characters long."  // INVALID_NEW_PASSWORD
	unsurePasswordMix            = "Your password must have a mix of letters and numbers."
	unsureNoQuery                = "A query string has to be specified"
	unsureQueryLocator           = "invalid query locator"
	unsureAggregatePages         = "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch"
	unsureTooMany                = "record limit reached. cannot submit more than %d records into this call" // EXCEEDED_ID_LIMIT
	unsureChunksCode             = "LIMIT_EXCEEDED"                                                          // more than ten changes of type in a collection
	unsureNoType                 = "Each record needs its type in attributes.type"
	unsureType                   = "sObject type '%s' is not supported."
	unsureOtherType              = "The record's type is not the type of the request" // INVALID_TYPE
	unsureNoSuchOperationCode    = "INVALID_TYPE_FOR_OPERATION"                       // a verb that the object lacks, in a collection
	unsureNoID                   = "Id not specified in an update call"
	unsureNoIDs                  = "The ids parameter is required"
	unsureNoFields               = "The fields parameter is required"
	unsureDuplicateID            = "duplicate id specified: %s" // DUPLICATE_VALUE: a record twice in one collection
	unsureNotNestedCode          = "INVALID_INPUT"              // a resource that may not be a subrequest
	unsureNotNested              = "The subrequest's URL isn't supported in this kind of request"
	unsureTooManySubrequestsCode = "LIMIT_EXCEEDED"
	unsureTooManySubrequests     = "The number of subrequests exceeds the limit of %d"
	unsureTooManyQueries         = "The number of query and collection subrequests exceeds the limit of %d"
	unsureReferenceID            = "The reference id '%s' is invalid: it has to start with a letter and contain only letters, numbers and underscores"
	unsureReferenceIDTwice       = "Duplicate reference id: %s"
	unsureReference              = "Invalid reference specified. No value for %s found in %s" // PROCESSING_HALTED
	unsureGraphLimitCode         = "LIMIT_EXCEEDED"
	unsureTooManyGraphs          = "The number of graphs exceeds the limit of %d"
	unsureTooManyNodes           = "The number of nodes exceeds the limit of %d"
	unsureTooManyKinds           = "The number of different nodes exceeds the limit of %d"
	unsureGraphTooDeep           = "Graph %s is deeper than the limit of %d"
	unsureGraphID                = "The graph id '%s' is missing or used twice"
	unsureTooManyFailedGraphs    = "The graph was not processed since too many graphs of the request failed." // PROCESSING_HALTED
)

// Users, licences, profiles and roles.
const (
	unsureUsernameShape          = "Username: invalid email address: %s"                                       // INVALID_EMAIL_ADDRESS: only the code is known
	unsureIncompatibleProfile    = "You can only assign profiles that are compatible with the user's license." // the page that has it shortens it
	unsureManagerCycle           = "A user can't be a manager of the user's own manager."                      // FIELD_INTEGRITY_EXCEPTION is expected too
	unsureLastAdmin              = "At least one active administrator must remain."                            // only the code is known
	unsurePasswordLockCode       = "FIELD_INTEGRITY_EXCEPTION"                                                 // a 400 is all that is known
	unsurePasswordLock           = "IsPasswordLocked can only be set to false."
	unsureRoleAccess             = "None"                                                 // of opportunities, where the metadata of a new role says nothing; without a parent role it is at the top, also where it had one
	unsureRoleCycle              = "A role can't report to itself or to a role below it." // FIELD_INTEGRITY_EXCEPTION is expected too
	unsureInUseCode              = "DELETE_FAILED"                                        // for a role or profile in use
	unsureInUse                  = "Your attempt to delete the %s failed because it is in use: %s"
	unsureStandardDeleteCode     = "INSUFFICIENT_ACCESS_OR_READONLY"
	unsureStandardDelete         = "The standard profile %s can't be deleted"
	unsureStandardProfileName    = "The name of the standard profile %s can't be changed" // FIELD_INTEGRITY_EXCEPTION is expected too
	unsureForcedPermission       = "The user license requires the permission: %s"         // FIELD_INTEGRITY_EXCEPTION is expected too
	unsureDuplicateLicenceAssign = "Duplicate PermissionSetLicenseAssign. Assignee: %s; Permission Set License: %s"
	unsureLicenceNeededCode      = "FIELD_INTEGRITY_EXCEPTION"
	unsureLicenceNeeded          = "The permission set license can't be removed because it is required by the assigned permission set: %s"
)

// Permission sets, assignments and grants.
const (
	unsureSetNameCode            = "FIELD_INTEGRITY_EXCEPTION"
	unsureSetName                = "The Permission Set Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores."
	unsureOwnedSetCode           = "INSUFFICIENT_ACCESS_OR_READONLY"
	unsureModifyAllOpensFields   = false                                            // whether Modify All Data shows View All Fields on every object
	unsureOwnedSet               = "This permission set can't be edited or deleted" // a profile's own, or one that Salesforce brought along
	unsureProfileAssignment      = "The permission set of a profile is assigned by the profile"
	unsureStandardProfileObjects = "The object permissions of a standard profile can't be edited"
	unsureSetInUseCode           = "DELETE_FAILED" // DEPENDENCY_EXISTS is the other candidate
	unsureSetInUse               = "You can't delete the permission set %s because it is assigned to %d user(s)"
	unsureAssignOneCode          = "FIELD_INTEGRITY_EXCEPTION"
	unsureAssignOne              = "Specify either a permission set or a permission set group"
	unsureLicenceMismatch        = "Can't assign permission set %s to user %s. The user doesn't have the license of the permission set." // FIELD_INTEGRITY_EXCEPTION
	unsureReadOnlyField          = "The field %s can't be made editable"
	unsureFieldOfOther           = "The field %s is not a field of %s"
	unsureDeveloperName          = "The %s API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores."
	unsureDuplicateDeveloperName = "The developer name %s is already in use." // DUPLICATE_DEVELOPER_NAME is expected for groups
	unsureGroupInUse             = "You can't delete the permission set group %s because it is assigned to %d user(s)"
	unsureSetInGroup             = "You can't delete the permission set %s because it is in these permission set groups: %s"
	unsureDuplicateComponent     = "The permission set is in the permission set group already"
	unsureNoMember               = "The permission set %s can't be in a permission set group"
	unsureOneMutingSet           = "A permission set group has at most one muting permission set, which is in no other group"
	unsureGroupBusyCode          = "FIELD_INTEGRITY_EXCEPTION"
	unsureGroupBusy              = "The permission set group %s is being updated, check back later." // the source paraphrases
	unsureGroupStatusCode        = "FIELD_INTEGRITY_EXCEPTION"                                       // You can only assign users to permission set groups ...
	unsureInvalidMembersCode     = "INVALID_CROSS_REFERENCE_KEY"                                     // Cannot create permission set group components ...
	unsureAssignBackingSet       = "The permission set %s is assigned by its permission set group"
	unsurePermissionInUse        = "You can't delete the custom permission %s because it is used by: %s" // whether grants keep it from being deleted, or go with it, is open
)

// The Metadata API: what the SOAP layer says, and which code a known text has in CRUD calls.
const (
	unsureSoapMethod            = "Only POST is supported"
	unsureSoapContentType       = "content-type of the request should be text/xml"
	unsureSoapAction            = "no SOAPAction header!"
	unsureSoapVersion           = "Invalid Api version specified on URL" // UNSUPPORTED_API_VERSION
	unsureSoapEnvelope          = "The request is no SOAP envelope with one operation"
	unsureEntityAccess          = "insufficient access rights on entity: "                                        // INSUFFICIENT_ACCESS, seen as a fault; here in the result of the component
	unsureMetadataAccess        = "Modify Metadata Through Metadata API Functions or Modify All Data is required" // INSUFFICIENT_ACCESS
	unsureMixedTypes            = "All components of a call have to be of one type"                               // UNKNOWN_EXCEPTION
	unsureNamedTwice            = "The call names the component %s twice"                                         // UNKNOWN_EXCEPTION: an update or upsert, which Salesforce may as well do one by one
	unsureVersionCode           = "UNKNOWN_EXCEPTION"                                                             // Property 'x' not valid in version NN.0; in a deploy it is a component failure
	unsureChildOfLeaf           = "Element %s invalid at this location in element %s"
	unsureBadValue              = "'%s' is not a valid value for the type xsd:%s"
	unsureListLimitCode         = "LIMIT_EXCEEDED"
	unsureListLimit             = "listMetadata takes at most 3 queries"
	unsureNoRename              = "Components of this type can't be renamed"
	unsureRepeatCode            = "INVALID_FIELD"               // Field:name, value:X appears more than once
	unsureUnknownPermissionCode = "INVALID_CROSS_REFERENCE_KEY" // Unknown user permission: X
	unsureRequiredFieldCode     = "FIELD_INTEGRITY_EXCEPTION"   // You cannot deploy to a required field: X
	unsureLicenceChangeCode     = "FIELD_INTEGRITY_EXCEPTION"
	unsureLicenceChange         = "The license of a permission set can't be changed"
	unsureProfileLicence        = "The user license of a profile can't be changed"
	unsureLoginRuleCode         = "FIELD_INTEGRITY_EXCEPTION"
	unsureLoginHours            = "%s and %s have to be whole hours in minutes after midnight, in this order, both or none"
	unsureCustomField           = "A custom field needs a name like Object.Name__c and a known type" // INVALID_FIELD
	unsureDefaultAppCode        = "FIELD_INTEGRITY_EXCEPTION"                                        // You can't remove the only default app from the profile.
)

// Deployments and retrievals.
const (
	unsureRequestSizeCode     = "LIMIT_EXCEEDED" // Maximum size of request reached. ...
	unsureBadArchiveCode      = "UNKNOWN_EXCEPTION"
	unsureBadArchive          = "The zip file can't be read: %v"
	unsureTooManyFiles        = "Maximum number of files in the zip file exceeded: %d" // LIMIT_EXCEEDED
	unsureTooLarge            = "Maximum size of the unzipped files exceeded: %d bytes"
	unsurePackageVersion      = "Invalid version specified:%s" // in package.xml
	unsureBadManifest         = "Error parsing package.xml"
	unsureNotInManifest       = "Not in package.xml" // an error, not a warning
	unsureDestructiveWildcard = "Wildcard characters are not supported in destructive changes"
	unsureBrokenFile          = "Error parsing file: %v"
	unsureOtherRoot           = "Element %s found where %s was expected"
	unsureTestLevelCode       = "INVALID_OPERATION"
	unsureProductionCode      = "INVALID_OPERATION"
	unsureProductionRollback  = "rollbackOnError must be true in a production org" // the guide has the rule without its words
	unsureProductionTests     = "NoTestRun is not allowed in a production org"
	unsureNoValidation        = "Invalid validation ID" // INVALID_ID_FIELD; REST answers 404
	unsureBadDeployFormCode   = "INVALID_MULTIPART_REQUEST"
	unsureBadDeployForm       = "The request needs the parts json and file"
	unsureDeployChangeCode    = "INVALID_INPUT"
	unsureDeployChange        = "The status of a deploy request can only be set to Canceling"
	unsureNoRetrieval         = "Invalid retrieve ID"                                                                 // INVALID_ID_FIELD
	unsureRetrievalGone       = "Retrieve result has been deleted"                                                    // INVALID_LOCATOR, once its zip file was handed out
	unsureRotationWarning     = "%s: this deployment replaces the consumer credentials of the external client app %s" // the first is the element that asks for it
	unsureUnknownEntity       = "Entity type: '%s' is unknown"                                                        // a message of a retrieval
)

// Settings.
const (
	unsureSettingsVerbCode     = "INVALID_OPERATION" // settings can't be created, deleted or renamed
	unsureSettingsVerb         = "Settings can only be read and updated"
	unsureFeatureCode          = "INVALID_OPERATION" // Not available for deploy for this organization
	unsureSettingsConflictCode = "FIELD_INTEGRITY_EXCEPTION"
	unsureMFALocked            = "enableMFADirectUILoginOptIn can't be turned off: Salesforce requires multi-factor authentication" // whether this is refused or ignored is open
	unsureRedirectModes        = "redirectBlockModeEnabled and redirectionWarning can't both be true"
	unsureMultipleSaml         = "enableMultipleSamlConfigs can't be turned off"
	unsureSamlProvisioning     = "enableSamlJitProvisioning requires enableSamlLogin and only one SAML configuration"
	unsureSettingsRange        = "%s has to be a number from %d to %d"
	unsureAddressRange         = "Invalid IP range: %s - %s"
)

// Policies of profiles.
const (
	unsurePolicyTakenCode     = "DUPLICATE_VALUE" // A session setting with this profile already exists.
	unsurePasswordPolicyTaken = "A password policy with this profile already exists."
	unsurePolicyValueCode     = "FIELD_INTEGRITY_EXCEPTION"
	unsurePolicyValue         = "%s: %s is not an allowed value"
	unsurePasswordHistory     = "passwordHistory 0 requires passwordExpiration 0"
)

// Connected apps and external client apps.
const (
	unsureConnectedAppCode    = "INSUFFICIENT_ACCESS" // You can't create a connected app. ...
	unsureConsumerKeyCode     = "FIELD_INTEGRITY_EXCEPTION"
	unsureConsumerSecret      = "The consumer secret has to be 8 to 256 alphanumeric characters long"
	unsureAppListCode         = "FIELD_INTEGRITY_EXCEPTION"
	unsureAppList             = "%s has more than %d entries"
	unsureConsumerKey         = "The consumer key has to be 8 to 256 alphanumeric characters long"
	unsureAccessCode          = "FIELD_INTEGRITY_EXCEPTION"
	unsureAccessNeedsApproval = "Permission sets and profiles can be assigned only to an app whose users are pre-authorized by an administrator"
	unsureECANameCode         = "INVALID_FIELD"
	unsureECAName             = "The name of an external client app can contain only letters, digits and underscores, begins with a letter, doesn't end with an underscore and has no two of them in a row"
	unsureECALink             = "invalid cross reference id in %s: %s" // an oauthLink or orgScopedExternalApp of another org
	unsureECAValueCode        = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
	unsureECAValue            = "%s: bad value for restricted picklist field: %s"
	unsureECAScopeCode        = "FIELD_INTEGRITY_EXCEPTION" // There's a problem with your scope(s): X, which a list of all scopes follows
	unsureECAGlobalCode       = "FIELD_INTEGRITY_EXCEPTION" // The external client app configured in your global OAuth Settings ...
	unsureECAPolicyDeleteCode = "DELETE_FAILED"
	unsureECAPolicyDelete     = "The policies of an external client app go with the app"
	unsureRunAsCode           = "FIELD_INTEGRITY_EXCEPTION"
	unsureNoRunAs             = "The client credentials flow needs a user that it runs as"
	unsureRunAs               = "The user %s of the client credentials flow needs the API Only User permission"

	unsureCredentialsGateCode = "FUNCTIONALITY_NOT_ENABLED" // only parts of the texts are known
	unsureCredentialsOff      = "Access to consumer secrets through the REST API is not currently enabled for this org."
	unsureCredentialsUser     = "Access to consumer secrets is not enabled for this user type."
	unsurePartCode            = "INVALID_INPUT"
	unsurePart                = "part has to be key, secret or keyandsecret"
	unsureStagedPrefix        = "9zQ"           // of the ids of staged credentials
	unsureStagedTwiceCode     = "INVALID_INPUT" // a second POST; whether a pair that was rotated out or has expired keeps the slot is open, and kept here
	unsureStagedTwice         = "Staged credentials already exist for this consumer"
	unsureStagedCommandCode   = "INVALID_INPUT"
	unsureStagedCommand       = "The command has to be rotate"
	unsureStagedStateCode     = "INVALID_INPUT" // a staged pair works at the token endpoint only once it is rotated in, which is open too
	unsureStagedState         = "Only active staged credentials can be rotated"
)
