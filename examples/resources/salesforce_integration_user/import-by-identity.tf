import {
  to = salesforce_integration_user.billing
  identity = {
    id = "0055g00000ABCDEAA5"
  }
}
