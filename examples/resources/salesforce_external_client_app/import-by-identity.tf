import {
  to = salesforce_external_client_app.billing
  identity = {
    id = "0xI5g0000004ABCGA2"
  }
}
