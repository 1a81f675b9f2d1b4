package provider

// metadataText is the page of salesforce_metadata.
const metadataText = "A component of any metadata type: remote sites, custom permissions, custom fields, named credentials, settings, and whatever else the Metadata API creates, updates and deletes.\n\n" +
	"Only what you write is owned, element by element: a change in Setup to an element that the configuration writes shows in the next plan, and everything else is left alone. " +
	"A list that you write is owned as a whole: entries that others add are removed. Of each entry, again, only what you write is owned. " +
	"Entries are told apart by their names, so it does not matter in which order Salesforce returns them. A new order that you write is sent, except in permission sets, profiles and settings, where the order means nothing. " +
	"The lists of a `Profile` are different: only the entries that you write are owned, because a write leaves the others as they are. To switch one off, write `enabled = false`.\n\n" +
	"Before a write, the component is read. The Metadata API replaces most components by what it is sent, so what you leave out is sent along as it is; settings and profiles it merges, so they are sent without.\n\n" +
	"Names, lists, values and versions are checked while planning against API version 68.0. An element or a type that this provider does not know is sent as you write it, with a warning.\n\n" +
	"Where a type has a resource of its own (`salesforce_permission_set`, `salesforce_profile`, `salesforce_external_client_app`, `salesforce_session_settings` and more), that one checks more. " +
	"Do not manage the same elements with both.\n\n" +
	"The [lockout guard](../index#nobody-is-locked-out) looks at `SecuritySettings`, `MyDomainSettings`, `PermissionSet`, `PermissionSetGroup`, `MutingPermissionSet`, `Profile`, `ProfileSessionSetting`, `ConnectedApp`, " +
	"`ExternalClientApplication` and the `ExtlClntApp...` types that `salesforce_external_client_app` consists of, written or destroyed, as their own resources do. It does not look at other types, " +
	"such as `SamlSsoConfig`, `AuthProvider`, `TransactionSecurityPolicy` or `UserAccessPolicy`, nor at what is known only after an apply.\n\n" +
	"Terraform is slow with objects of many entries: measured on two cores, a plan takes 0.4 s of CPU longer for a `content` of 250 entries, 1 s for one of 500, and 0.5 s for a `source` of 5,000.\n\n" +
	"After an import `content` holds the whole component, or `source` if it has more than 500 entries. What your configuration does not write of it is left alone.\n\n" +
	"-> The provider's user needs Modify Metadata Through Metadata API Functions, and what Setup asks of somebody who changes such a component."
