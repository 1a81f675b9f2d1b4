variable "name" {
  description = "API name of the permission set and of the app, such as Billing_Sync. Another name replaces the app, which then has a new consumer key."
  type        = string
  validation {
    condition     = length(var.name) <= 70 && can(regex("^[A-Za-z](_?[A-Za-z0-9])*$", var.name))
    error_message = "An API name has up to 70 letters, digits and single underscores, begins with a letter and does not end with an underscore."
  }
}

variable "label" {
  description = "Name that people see. Defaults to the API name with spaces."
  type        = string
  default     = null
}

variable "description" {
  description = "What the integration is for, and who owns it."
  type        = string
  default     = null
}

variable "username" {
  description = "Username of the integration's user. It has the form of an e-mail address, need not receive mail, and is unique over all Salesforce orgs for ever."
  type        = string
  validation {
    condition     = length(var.username) <= 80 && can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.username))
    error_message = "A username has the form of an e-mail address, such as billing-sync@example.com, and up to 80 characters."
  }
}

variable "email" {
  description = "Address of the team that answers for the integration. Salesforce writes to it."
  type        = string
  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.email))
    error_message = "This has to be an e-mail address that somebody reads."
  }
}

variable "permissions" {
  description = "What the integration may do, and nothing else: the attributes of salesforce_permission_set."
  type = object({
    object_permissions             = optional(map(set(string)), {})
    field_permissions              = optional(map(string), {})
    user_permissions               = optional(set(string), [])
    apex_classes                   = optional(set(string), [])
    custom_permissions             = optional(set(string), [])
    custom_metadata_types          = optional(set(string), [])
    custom_settings                = optional(set(string), [])
    external_credential_principals = optional(set(string), [])
    flows                          = optional(set(string), [])
    record_types                   = optional(set(string), [])
  })
  nullable = false
  validation {
    condition     = length(setintersection(var.permissions.user_permissions, local.too_much)) == 0
    error_message = "An integration that holds ${join(" or ", setintersection(var.permissions.user_permissions, local.too_much))} reads or changes everything. Grant the objects that it needs."
  }
  validation {
    condition = alltrue([
      for rights in values(var.permissions.object_permissions) : length(setsubtract(rights, local.object_rights)) == 0
    ])
    error_message = "Object permissions are ${join(", ", local.object_rights)}."
  }
  validation {
    condition     = alltrue([for right in values(var.permissions.field_permissions) : contains(["read", "edit"], right)])
    error_message = "A field permission is read, or edit, which includes read."
  }
}

variable "permission_sets" {
  description = "API names of further permission sets that the user holds, beside its own."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "login_ip_ranges" {
  description = "Addresses that the integration signs in from: descriptions by range (CIDR block, address, or first-last). With any, the user has a profile of its own; with none, it may come from anywhere."
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for range in keys(var.login_ip_ranges) : can(provider::salesforce::cidr_range(range))])
    error_message = "A range is a CIDR block (192.0.2.0/24), an address (192.0.2.7) or the first and the last (192.0.2.10-192.0.2.20)."
  }
  validation {
    condition = alltrue([
      for range in [for range in keys(var.login_ip_ranges) : provider::salesforce::cidr_range(range) if can(provider::salesforce::cidr_range(range))] :
      strcontains(range.start, ":") ? cidrhost("${range.start}/32", 0) == cidrhost("${range.end}/32", 0) :
      sum([for i, octet in split(".", range.end) : octet * pow(256, 3 - i)]) - sum([for i, octet in split(".", range.start) : octet * pow(256, 3 - i)]) < pow(2, 24)
    ])
    error_message = "A range that wide keeps nobody out: it has at most as many addresses as a /8, and in IPv6 it is within a /32."
  }
}

variable "sign_in" {
  description = "How the integration signs in: with the app's key and secret (client_credentials = true), or with assertions that it signs by the key of a certificate (certificate = file(\"billing.crt\"))."
  type = object({
    client_credentials = optional(bool, false)
    certificate        = optional(string)
  })
  default  = { client_credentials = true }
  nullable = false
  validation {
    condition     = var.sign_in.client_credentials != (var.sign_in.certificate != null)
    error_message = "Choose one way: client_credentials = true, or certificate = file(\"...\")."
  }
  validation {
    condition     = var.sign_in.certificate == null || can(regex("^\\s*-----BEGIN CERTIFICATE-----", var.sign_in.certificate))
    error_message = "This has to be a certificate as PEM: it begins with -----BEGIN CERTIFICATE-----. The private key stays with the integration."
  }
}

variable "session_timeout_in_minutes" {
  description = "How many minutes a session of the integration may be idle. Left out, Salesforce decides."
  type        = number
  default     = null
}

variable "is_frozen" {
  description = "Whether the user is frozen: nothing is taken from it, but it can't sign in. The switch for an emergency."
  type        = bool
  default     = false
  nullable    = false
}

variable "release_username" {
  description = "Whether destroying renames the user, whom Salesforce never deletes, so that another org can have the username."
  type        = bool
  default     = false
  nullable    = false
}
