moved {
  from = salesforce_user.jane
  to   = salesforce_user.jane_doe
}
