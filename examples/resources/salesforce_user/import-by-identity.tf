import {
  to = salesforce_user.ada
  identity = {
    id = "0055g00000ABCDEAA5"
  }
}
