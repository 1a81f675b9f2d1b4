variables {
  username = "shipping-sync@example.com"
}

run "creates_the_user" {
  assert {
    condition     = startswith(output.user_id, "005")
    error_message = "The output is the id of a user."
  }
}

run "plans_nothing_more" {
  command = plan
  assert {
    condition     = output.user_id == run.creates_the_user.user_id
    error_message = "The user is replaced."
  }
}
