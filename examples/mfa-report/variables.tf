variable "history_days" {
  description = "How many days back logins count."
  type        = number
  default     = 30
}

variable "accepted" {
  description = "Users whom somebody already takes care of: how, by username."
  type        = map(string)
  default     = {}
}
