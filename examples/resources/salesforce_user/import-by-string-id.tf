import {
  to = salesforce_user.ada
  id = "ada@example.com"
}
