variable "history_days" {
  description = "How many days back logins count."
  type        = number
  default     = 30
}
