variable "history_days" {
  description = "How many days back logins count, 1 to 180. After a change at the identity provider, the days since."
  type        = number
  default     = 30
  nullable    = false
  validation {
    condition     = contains(range(1, 181), var.history_days)
    error_message = "Salesforce keeps logins for six months: a whole number of days from 1 to 180."
  }
}

variable "user_licenses" {
  description = "Names of user licences, such as Salesforce; only users of these are judged. Left out, all are."
  type        = set(string)
  default     = null
  validation {
    condition     = var.user_licenses == null || try(length(var.user_licenses) > 0, true)
    error_message = "No licence at all leaves nobody to judge. Leave it out to judge everybody."
  }
}

variable "profiles" {
  description = "Names of profiles; only their users are judged. Left out, all are."
  type        = set(string)
  default     = null
  validation {
    condition     = var.profiles == null || try(length(var.profiles) > 0, true)
    error_message = "No profile at all leaves nobody to judge. Leave it out to judge everybody."
  }
}

variable "accepted" {
  description = "Users whom somebody already takes care of: how, by username. The page shows it, and the checks are silent about them."
  type        = map(string)
  default     = {}
  nullable    = false
  validation {
    condition     = alltrue([for username, reason in var.accepted : strcontains(username, "@") && trimspace(reason) != ""])
    error_message = "Accepted users are usernames, each with what is being done: { \"erp@example.com\" = \"moves to OAuth in March\" }."
  }
}
